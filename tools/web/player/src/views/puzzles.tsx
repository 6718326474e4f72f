// The team's puzzles by district.
import { useLayoutEffect, useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import type { DistrictView, PuzzleView } from '../model.ts';
import { puzzle_link } from '../route.ts';
import { Icon } from './icons.tsx';

type Which = 'open' | 'solved' | 'all';
const kWhich: { which: Which; label: string }[] = [{ which: 'open', label: 'To solve' }, { which: 'solved', label: 'Solved' }, { which: 'all', label: 'All' }];

export function Puzzles({ district: chosen }: { district?: string }) {
  const { store } = use_game();
  const model = store.model!;
  const [which, set_which] = useState<Which>('open');
  const puzzles = [...model.puzzles.values()];
  const wanted = puzzles.filter((puzzle) => which === 'all' || puzzle.status === which);
  const chosen_district = chosen ? model.districts.get(chosen) : undefined;
  const districts = [...model.districts.values()].filter((district) => !chosen_district || district.id === chosen);
  const open_first = [...districts].sort((a, b) => Number(b.open) - Number(a.open));

  useLayoutEffect(() => { if (chosen) document.getElementById('puzzles-heading')?.focus(); }, [chosen]);

  return (
    <div class="puzzles">
      <div class="panel-head sticky">
        <h2 id="puzzles-heading" tabIndex={-1}>{chosen_district?.name ?? 'Puzzles'}</h2>
        <div class="segments small" role="group" aria-label="Which puzzles">
          {kWhich.map((one) => <button type="button" key={one.which} aria-pressed={which === one.which} onClick={() => set_which(one.which)}>{one.label}</button>)}
        </div>
      </div>
      {chosen_district && <p class="back"><a href="#/puzzles"><Icon name="back" size={16} /> All districts</a></p>}
      {chosen_district?.text && <p class="district-text">{chosen_district.text}</p>}
      {open_first.map((district) => (
        <DistrictGroup key={district.id} district={district} alone={!!chosen_district}
          puzzles={wanted.filter((puzzle) => puzzle.district === district.id)}
          all={puzzles.filter((puzzle) => puzzle.district === district.id)} />
      ))}
    </div>
  );
}

interface GroupProps { district: DistrictView; puzzles: PuzzleView[]; all: PuzzleView[]; alone: boolean }

function DistrictGroup({ district, puzzles, all, alone }: GroupProps) {
  if (!district.open && all.length === 0 && !alone) return null;
  const solved = all.filter((puzzle) => puzzle.status === 'solved').length;
  const locked = district.puzzles_locked ?? 0;
  return (
    <section class="district-group" aria-labelledby={`district-${district.id}`}>
      <h3 id={`district-${district.id}`}>
        <span class="swatch" style={{ background: district.colour }} aria-hidden="true" />
        <span>{district.name}</span>
        <span class="count">{district.open ? `${solved} of ${all.length} solved${locked > 0 ? `, ${locked} locked` : ''}` : 'closed'}</span>
      </h3>
      {puzzles.length > 0
        ? <ul class="cards">{puzzles.map((puzzle) => <Card key={puzzle.id} puzzle={puzzle} />)}</ul>
        : <p class="empty">{district.open ? (all.length > 0 ? 'None of this kind here.' : 'Nothing is unlocked here yet.') : 'This district has not opened yet.'}</p>}
    </section>
  );
}

function Card({ puzzle }: { puzzle: PuzzleView }) {
  const solved = puzzle.status === 'solved';
  return (
    <li>
      <a class={`card ${solved ? 'card-solved' : ''} ${puzzle.fresh ? 'card-fresh' : ''}`} href={puzzle_link(puzzle.id)} id={`card-${puzzle.id}`}>
        <span class="card-title">{puzzle.title}</span>
        <span class="card-meta">
          {solved ? <span class="state state-solved"><Icon name="check" size={15} /> Solved</span> : <span class="points-now">{puzzle.points_now ?? '…'} pts</span>}
          {puzzle.fresh && <span class="state state-new">New</span>}
          {puzzle.needs_check_in && !solved && <span class="state"><Icon name="pin" size={15} /> {puzzle.checked_in ? 'Checked in' : 'On site'}</span>}
          {puzzle.clues.length > 0 && <span class="state"><Icon name="clue" size={15} /> {puzzle.clues.length}<span class="visually-hidden"> clues</span></span>}
        </span>
      </a>
    </li>
  );
}
