// The leaderboard: the top rows, and the own one below if it is not among them.
import { use_game } from '../hooks.ts';
import type { LeaderboardRow } from '../protocol.ts';

export function Board() {
  const { store } = use_game();
  const model = store.model!;
  const { rows, frozen } = model.leaderboard;
  const listed = rows.some((row) => row.team === model.team.id);
  const own: LeaderboardRow = { team: model.team.id, name: model.team.name, points: model.team.points, solved: model.team.solved ?? 0, rank: model.team.rank ?? 0 };
  return (
    <div class="panel">
      <div class="panel-head"><h2>Leaderboard</h2></div>
      {frozen && <p class="note">The board is frozen: what happens now is shown at the end.</p>}
      <table class="board">
        <thead><tr><th scope="col">Rank</th><th scope="col">Team</th><th scope="col" class="number">Solved</th><th scope="col" class="number">Points</th></tr></thead>
        <tbody>
          {rows.map((row) => <Row key={row.team} row={row} own={row.team === model.team.id} />)}
          {!listed && <Row row={own} own apart={rows.length > 0} />}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, own, apart }: { row: LeaderboardRow; own: boolean; apart?: boolean }) {
  const classes = [own && 'own', apart && 'apart', row.rank > 0 && row.rank <= 3 && `podium-${row.rank}`].filter(Boolean).join(' ');
  return (
    <tr class={classes || undefined}>
      <td class="rank">{row.rank || '–'}</td>
      <th scope="row">{row.name}{own && <span class="you"> your team</span>}</th>
      <td class="number">{row.solved}</td>
      <td class="number points">{row.points}</td>
    </tr>
  );
}
