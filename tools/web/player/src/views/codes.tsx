// Shown once after entering: the code that brings teammates in, and the one that brings this player back.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Credentials } from '../protocol.ts';
import { CopyCode } from './copy_code.tsx';
import { Mark } from './icons.tsx';
import { Terrain } from './terrain.tsx';

export function Codes({ credentials, go_on }: { credentials: Credentials; go_on: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <main class="entry">
      <Terrain />
      <div class="entry-inner">
        <header class="entry-head">
          <p class="wordmark"><Mark size={44} /> Cairn</p>
          <h1 tabIndex={-1} ref={heading}>You are in.</h1>
        </header>
        <section class="entry-card" aria-label="Your codes">
          {credentials.join_code && (
            <>
              <h2>For your team</h2>
              <p class="explained">Give this to the people you play with.</p>
              <CopyCode label="join code" code={credentials.join_code} shared />
            </>
          )}
          <h2>For you alone</h2>
          <p class="explained">If this device is lost, this code brings you back on another one. Note it down; nobody can tell it to you later.</p>
          <CopyCode label="recovery code" code={credentials.recovery_code ?? ''} />
          <button class="primary wide" type="button" onClick={go_on}>Start playing</button>
        </section>
      </div>
    </main>
  );
}
