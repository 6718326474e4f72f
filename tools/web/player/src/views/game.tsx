// The game's layout: on a telephone one place at a time with a bar below; on a wide screen map, puzzles and a side.
import { useEffect, useRef, useState } from 'preact/hooks';
import { use_changes, use_game } from '../hooks.ts';
import { use_route, type Place, type Route } from '../route.ts';
import { Board } from './board.tsx';
import { Feed } from './feed.tsx';
import { Header } from './header.tsx';
import { Icon, Mark, type IconName } from './icons.tsx';
import { DistrictMap } from './map.tsx';
import { Moments } from './moments.tsx';
import { PuzzleDetail } from './puzzle.tsx';
import { Puzzles } from './puzzles.tsx';
import { StateBanner } from './state_banner.tsx';
import { TeamView } from './team.tsx';
import { Trouble } from './trouble.tsx';

const kPlaces: { place: Place; label: string; icon: IconName }[] = [
  { place: 'map', label: 'Map', icon: 'map' }, { place: 'puzzles', label: 'Puzzles', icon: 'puzzle' },
  { place: 'feed', label: 'Feed', icon: 'feed' }, { place: 'board', label: 'Board', icon: 'board' },
  { place: 'team', label: 'Team', icon: 'team' }
];
const kSides = kPlaces.slice(2);
const is_side = (place: Place) => kSides.some((side) => side.place === place);

export function GameView({ leave }: { leave: () => void }) {
  const game = use_game();
  use_changes(game);
  const route = use_route();
  const [middle, set_middle] = useState<Route>(route);
  const [side, set_side] = useState<Place>('feed');
  const place = useRef<HTMLElement>(null);
  const model = game.store.model;

  useEffect(() => {
    if (is_side(route.place)) set_side(route.place);
    else if (route.place === 'puzzles') set_middle(route);
    place.current?.scrollTo(0, 0);
    window.scrollTo(0, 0);
  }, [route]);

  const puzzle = middle.puzzle ? model?.puzzles.get(middle.puzzle) : undefined;
  const hunt_name = `${model?.hunt.rehearsal ? 'Rehearsal: ' : ''}${model?.hunt.name ?? 'Cairn'}`;
  useEffect(() => { document.title = puzzle ? `${puzzle.title} · ${hunt_name}` : hunt_name; }, [puzzle?.title, hunt_name]);

  const { hunt, team } = game.connection.streams;
  return (
    <div class="game" data-place={route.place} data-connection={game.store.status.phase}
      data-hunt-offset={hunt?.offset} data-team-offset={team?.offset}>
      <a class="skip" href="#puzzles-heading" onClick={(event) => { event.preventDefault(); document.getElementById('puzzles-heading')?.focus(); }}>Skip to the puzzles</a>
      <Header />
      <Trouble leave={leave} />
      {model && <StateBanner model={model} />}
      {model ? (
        <main class="places" ref={place}>
          <section class="place place-map" aria-labelledby="map-heading"><DistrictMap /></section>
          <section class="place place-puzzles" aria-labelledby="puzzles-heading">
            {puzzle ? <PuzzleDetail puzzle={puzzle} key={puzzle.id} /> : <Puzzles district={middle.district} />}
          </section>
          <section class="place place-side" aria-label="Feed, board and team">
            <nav class="side-nav segments" aria-label="Beside the puzzles">
              {kSides.map((one) => <a key={one.place} href={`#/${one.place}`} aria-current={side === one.place ? 'true' : undefined}>{one.label}</a>)}
            </nav>
            {side === 'feed' && <Feed />}
            {side === 'board' && <Board />}
            {side === 'team' && <TeamView leave={leave} />}
          </section>
        </main>
      ) : (
        <main class="opening"><Mark size={72} /><p>Opening the hunt…</p></main>
      )}
      <nav class="bottom-nav" aria-label="Places">
        {kPlaces.map((one) => (
          <a key={one.place} href={`#/${one.place}`} aria-current={route.place === one.place ? 'page' : undefined}>
            <Icon name={one.icon} size={22} /><span>{one.label}</span>
          </a>
        ))}
      </nav>
      <Moments />
    </div>
  );
}
