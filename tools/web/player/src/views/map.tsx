// The districts' outlines, and the same districts as a list, which is how they are reached by keyboard.
import { useEffect, useRef, useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import type { DistrictView } from '../model.ts';
import { locate } from '../place.ts';
import { district_link } from '../route.ts';
import { Chart } from './chart.ts';
import { Icon } from './icons.tsx';

export const kJustOpenedMs = 90_000;

export function DistrictMap() {
  const { store } = use_game();
  const model = store.model!;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const [problem, set_problem] = useState('');
  const districts = [...model.districts.values()];

  useEffect(() => {
    if (!element.current) return undefined;
    const made = new Chart(element.current, (id) => { location.hash = district_link(id); });
    chart.current = made;
    return () => { made.remove(); chart.current = null; };
  }, []);
  useEffect(() => { chart.current?.show(districts, [...model.puzzles.values()], Date.now() - kJustOpenedMs); });

  const show_me = async () => {
    const found = await locate();
    set_problem(found.ok ? '' : found.why);
    if (found.ok) chart.current?.show_me(found.at, found.accuracy_m);
  };
  const open = districts.filter((district) => district.open).length;
  return (
    <>
      <div class="panel-head">
        <h2 id="map-heading">{model.hunt.city ?? 'The map'}</h2>
        <p class="count">{open} of {districts.length} districts open</p>
      </div>
      <div class="chart-frame">
        <div class="chart" ref={element} role="application" aria-label="Map of the districts; they are listed below" />
        <div class="chart-tools">
          <button type="button" onClick={() => chart.current?.show_all()}>Whole city</button>
          <button type="button" onClick={show_me}><Icon name="pin" size={16} /> Where I am</button>
        </div>
      </div>
      <p class="form-error" role="alert">{problem}</p>
      <ul class="district-list" data-testid="districts">{districts.map((district) => <DistrictRow key={district.id} district={district} />)}</ul>
    </>
  );
}

function DistrictRow({ district }: { district: DistrictView }) {
  const just = district.open && (district.opened_at_ms ?? 0) > Date.now() - kJustOpenedMs;
  return (
    <li>
      <a href={district_link(district.id)} class={`district-row ${district.open ? 'is-open' : 'is-closed'} ${just ? 'is-new' : ''}`} data-district={district.id}>
        <span class="swatch" style={{ background: district.colour }} aria-hidden="true" />
        <span class="district-name">{district.name}</span>
        <span class="district-state">{just ? 'Just opened' : district.open ? 'Open' : <><Icon name="lock" size={14} /> Closed</>}</span>
      </a>
    </li>
  );
}
