// Who is in the team, how others get in, and how this player comes back or leaves the device.
import { useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import { CopyCode } from './copy_code.tsx';

export function TeamView({ leave }: { leave: () => void }) {
  const { store, credentials } = use_game();
  const [leaving, set_leaving] = useState(false);
  const team = store.model!.team;
  const join_code = team.join_code ?? credentials.join_code;
  return (
    <div class="panel team">
      <div class="panel-head"><h2>{team.name}</h2></div>
      <dl class="figures">
        <div><dt>Points</dt><dd>{team.points}</dd></div>
        {team.earned !== undefined && <div><dt>Earned</dt><dd>{team.earned}</dd></div>}
        <div><dt>Solved</dt><dd>{team.solved ?? 0}</dd></div>
        <div><dt>Rank</dt><dd>{team.rank ? `#${team.rank}` : '–'}</dd></div>
      </dl>
      <h3>Members</h3>
      <ul class="members">
        {team.members.map((member) => (
          <li key={member.id}><span class="initial" aria-hidden="true">{[...member.name][0]?.toUpperCase()}</span>{member.name}{member.captain && <span class="tag">captain</span>}</li>
        ))}
      </ul>
      {join_code && <><h3>Bring somebody in</h3><CopyCode label="join code" code={join_code} shared /></>}
      {credentials.recovery_code && (
        <details>
          <summary>My recovery code</summary>
          <p class="quiet">It brings you back on another device, and signs this one out.</p>
          <CopyCode label="recovery code" code={credentials.recovery_code} />
        </details>
      )}
      <h3>This device</h3>
      {leaving ? (
        <div class="confirm">
          <p>Without your recovery code you cannot come back as this player.</p>
          <div class="row">
            <button type="button" class="danger" onClick={leave}>Sign out here</button>
            <button type="button" onClick={() => set_leaving(false)}>Stay</button>
          </div>
        </div>
      ) : <button type="button" onClick={() => set_leaving(true)}>Sign out…</button>}
    </div>
  );
}
