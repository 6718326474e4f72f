// The drawing of the districts by Leaflet, without tiles: nothing is fetched for it.
import * as L from 'leaflet';
import type { DistrictView, PuzzleView } from '../model.ts';
import type { Position } from '../protocol.ts';

const kMarksFromZoom = 0.9; // How much nearer than the whole city puzzles become visible.

const kTouchPx = 5;         // Labels may touch that much.
type Look = 'new' | 'open' | 'closed';
const kLooks: readonly Look[] = ['new', 'open', 'closed'];
interface Drawn { shape: L.GeoJSON; label: L.Tooltip; look: Look }

export class Chart {
  private readonly map_: L.Map;
  private readonly drawn_ = new Map<string, Drawn>();
  private readonly marks_ = L.layerGroup();
  private marked_ = '';
  private me_: L.LayerGroup | null = null;
  private fitted_ = false;
  private fitted_zoom_ = 0;
  private readonly resized_: ResizeObserver;

  constructor(element: HTMLElement, private readonly choose_: (district: string) => void) {
    this.map_ = L.map(element, { attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.5, minZoom: 9, maxZoom: 19, maxBoundsViscosity: 0.8 });
    this.map_.setView([0, 0], 12);
    this.map_.on('zoomend', () => this.label_by_size());
    this.resized_ = new ResizeObserver(() => {
      this.map_.invalidateSize();
      if (!this.fitted_) this.show_all();
      this.label_by_size();
    });
    this.resized_.observe(element);
  }

  show(districts: DistrictView[], puzzles: PuzzleView[], just_since_ms: number): void {
    for (const district of districts) this.draw(district, (district.opened_at_ms ?? 0) > just_since_ms);
    this.mark(puzzles);
    if (!this.fitted_) this.show_all();
  }

  show_all(): void {
    const bounds = this.bounds();
    if (!bounds.isValid() || this.map_.getSize().x === 0) return;
    this.map_.fitBounds(bounds, { padding: [14, 14], animate: false });
    this.map_.setMaxBounds(bounds.pad(0.6));
    this.fitted_ = true;
    this.fitted_zoom_ = this.map_.getZoom();
    this.label_by_size();
  }

  show_me(at: Position, accuracy_m: number): void {
    this.me_?.remove();
    const place: L.LatLngTuple = [at[1], at[0]];
    this.me_ = L.layerGroup([
      L.circle(place, { radius: accuracy_m, className: 'me-accuracy', interactive: false }),
      L.circleMarker(place, { radius: 7, className: 'me', interactive: false })
    ]).addTo(this.map_);
    this.map_.setMaxBounds(this.bounds().extend(place).pad(0.6));
    this.map_.panTo(place);
  }

  remove(): void { this.resized_.disconnect(); this.map_.remove(); }

  private bounds(): L.LatLngBounds {
    const bounds = L.latLngBounds([]);
    for (const { shape } of this.drawn_.values()) bounds.extend(shape.getBounds());
    return bounds;
  }

  private draw(district: DistrictView, just_opened: boolean): void {
    if (!district.outline) return;
    const look: Look = district.open ? (just_opened ? 'new' : 'open') : 'closed';
    const known = this.drawn_.get(district.id);
    if (known?.look === look) return;
    known?.shape.remove();
    const shape = L.geoJSON(district.outline as GeoJSON.GeoJsonObject, {
      style: { className: `district district-${look}`, color: district.colour, fillColor: district.colour, weight: 2, fillOpacity: look === 'closed' ? 0.1 : 0.62, opacity: 1 }
    });
    shape.on('click', () => this.choose_(district.id));
    const text = document.createElement('span');
    text.textContent = district.name;
    const label = L.tooltip({ permanent: true, direction: 'center', className: `district-label label-${look}`, interactive: false }).setContent(text);
    shape.bindTooltip(label);
    shape.addTo(this.map_);
    shape.bringToBack();
    this.drawn_.set(district.id, { shape, label, look });
    this.label_by_size();
  }

  // Marks would cover a small city, and so would labels: one that is wider than its district or meets another is left
  // out, those of closed districts first. The list below the map names them all.
  private label_by_size(): void {
    const near = this.map_.getZoom() >= this.fitted_zoom_ + kMarksFromZoom;
    if (near) this.marks_.addTo(this.map_); else this.marks_.remove();
    const placed: DOMRect[] = [];
    const by_importance = [...this.drawn_.values()].sort((a, b) => kLooks.indexOf(a.look) - kLooks.indexOf(b.look));
    for (const { shape, label, look } of by_importance) {
      const element = label.getElement();
      if (!element) continue;
      const bounds = shape.getBounds();
      const width_px = this.map_.latLngToContainerPoint(bounds.getSouthEast()).x - this.map_.latLngToContainerPoint(bounds.getSouthWest()).x;
      element.style.maxWidth = `${Math.min(96, Math.max(look === 'closed' ? 30 : 50, width_px - 8))}px`;
      label.update();
      const place = element.getBoundingClientRect();
      const has_room = (look !== 'closed' || element.scrollWidth <= element.clientWidth + 1) && !placed.some((other) => overlap(place, other));
      element.classList.toggle('without-room', !has_room);
      if (has_room) placed.push(place);
    }
  }

  private mark(puzzles: PuzzleView[]): void {
    const placed = puzzles.filter((puzzle) => puzzle.at);
    const marked = placed.map((puzzle) => `${puzzle.id} ${puzzle.status}`).join();
    if (marked === this.marked_) return;
    this.marked_ = marked;
    this.marks_.clearLayers();
    for (const puzzle of placed) {
      const [lon, lat] = puzzle.at!;
      const mark = L.circleMarker([lat, lon], { radius: 4.5, className: `puzzle-mark mark-${puzzle.status}` });
      mark.bindTooltip(textual(puzzle.title), { direction: 'top' });
      mark.on('click', () => { location.hash = `#/puzzle/${encodeURIComponent(puzzle.id)}`; });
      mark.addTo(this.marks_);
    }
  }
}

// Leaflet takes strings as HTML; names come from people.
function textual(text: string): HTMLElement {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left + kTouchPx < b.right && b.left + kTouchPx < a.right && a.top + kTouchPx < b.bottom && b.top + kTouchPx < a.bottom;
}
