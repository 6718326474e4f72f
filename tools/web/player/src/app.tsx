// The page: either somebody is about to enter, or somebody plays.
import { useEffect, useState } from 'preact/hooks';
import { GameContext } from './hooks.ts';
import type { Credentials } from './protocol.ts';
import { parse_route } from './route.ts';
import { forget_credentials, keep_credentials, kept_credentials, start_game, type Game } from './session.ts';
import { Codes } from './views/codes.tsx';
import { Entry } from './views/entry.tsx';
import { GameView } from './views/game.tsx';

export function App() {
  const [game, set_game] = useState<Game | null>(() => {
    const kept = kept_credentials();
    return kept ? start_game(kept) : null;
  });
  const [unseen_codes, set_unseen_codes] = useState(false);

  useEffect(() => () => game?.stop(), [game]);

  const enter = (credentials: Credentials, is_new: boolean) => {
    keep_credentials(credentials);
    location.hash = '#/puzzles';
    set_unseen_codes(is_new && credentials.recovery_code !== undefined);
    set_game(start_game(credentials));
  };
  const leave = () => {
    forget_credentials();
    location.hash = '';
    set_game(null);
  };

  if (!game) return <Entry enter={enter} invited_by={parse_route(location.hash).join} />;
  if (unseen_codes) return <Codes credentials={game.credentials} go_on={() => set_unseen_codes(false)} />;
  return <GameContext.Provider value={game}><GameView leave={leave} /></GameContext.Provider>;
}
