// The answer box: one line, a button, and how many guesses are left or how long the lockout lasts.
import { useRef, useState } from 'preact/hooks';
import { guesses } from '../attempts.ts';
import { clock_text, use_countdown, use_game } from '../hooks.ts';
import type { PuzzleView } from '../model.ts';
import { kAnswerBytesMax } from '../protocol.ts';

export function AnswerBox({ puzzle }: { puzzle: PuzzleView }) {
  const { store, connection } = use_game();
  const [answer, set_answer] = useState('');
  const [problem, set_problem] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const until_ms = puzzle.lockout_until ? Date.parse(puzzle.lockout_until) : undefined;
  const left_ms = use_countdown(until_ms, () => store.server_now_ms());
  const locked_out = left_ms > 0;
  const absent = puzzle.needs_check_in === true && !puzzle.checked_in;
  const closed = store.model?.districts.get(puzzle.district)?.open === false;

  const submit = (event: Event) => {
    event.preventDefault();
    const text = answer.trim();
    input.current?.focus();
    if (locked_out || absent || closed) return;
    if (text === '') return set_problem('Write an answer first.');
    if (new TextEncoder().encode(text).length > kAnswerBytesMax) return set_problem('That is longer than any answer can be.');
    if (connection.request('submit_answer', { puzzle: puzzle.id, answer: text }) === null) return set_problem('Too much is waiting to be sent already.');
    set_problem('');
    set_answer('');
  };
  const said = locked_out ? <>Locked out for <strong>{clock_text(left_ms)}</strong></>
    : closed ? 'This district is closed: answers wait until it opens again.'
    : absent ? 'Check in at the place first.'
    : problem || guesses(puzzle.guesses_left);

  return (
    <form class="answer-box" onSubmit={submit} autocomplete="off">
      <label for="answer">Your answer</label>
      <div class="answer-row">
        <input id="answer" name="answer" ref={input} type="text" value={answer} autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck={false}
          enterkeyhint="send" maxLength={kAnswerBytesMax} aria-describedby="answer-note"
          onInput={(event) => { set_answer(event.currentTarget.value); set_problem(''); }} />
        <button class="primary" type="submit" aria-disabled={locked_out || absent || closed}>Answer</button>
      </div>
      <p id="answer-note" class={`answer-note ${locked_out ? 'is-locked' : ''} ${problem ? 'is-problem' : ''}`} role={problem ? 'alert' : undefined}>{said}</p>
    </form>
  );
}
