// Goal: the page's connection keeps the protocol's promises from its side: greets, resumes, waits, drops what it has
// had, sends undecided requests again with the same ids.
// It breaks: the connection at every step, the order of messages, the server's patience, tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kBackoffMaxMs, backoff_ms } from '../../../tools/web/player/src/backoff.ts';
import { kOutboxMax } from '../../../tools/web/player/src/outbox.ts';
import { Script, state, streams } from './scripted.mjs';

test('a new connection says hello with the token and then asks for the state', () => {
  const script = new Script();
  script.connection.connect();
  assert.equal(script.phase, 'connecting');
  script.open();
  assert.deepEqual(script.sent.map((message) => message.type), ['hello']);
  assert.equal(script.sent[0].data.token, 'the-token');
  script.welcome();
  assert.equal(script.phase, 'online');
  assert.deepEqual(script.sent.map((message) => message.type), ['hello', 'get_state']);
});

test('a lost connection is resumed with what each stream has had', () => {
  const script = new Script().goes_online({ hunt: 4, team: 2 });
  script.event('hunt', 5, 'announcement', { text: 'Hello' });
  script.loses();
  assert.equal(script.phase, 'waiting');
  script.waits();
  script.open();
  const resume = script.sent[0];
  assert.equal(resume.type, 'resume');
  assert.equal(resume.data.resume_token, 'resume-1');
  assert.deepEqual(resume.data.streams, streams({ hunt: 5, team: 2 }));
});

test('an event that was had before the connection was lost is dropped after it is resumed', () => {
  const script = new Script().goes_online();
  script.event('hunt', 1, 'announcement', { text: 'One' });
  script.loses();
  script.waits();
  script.open();
  script.says({ type: 'resumed', data: { streams: streams({ hunt: 2 }), resume_token: 'resume-2' } });
  assert.equal(script.phase, 'catching_up');
  script.event('hunt', 1, 'announcement', { text: 'One' });
  script.event('hunt', 2, 'announcement', { text: 'Two' }, script.clock.now - 5000);
  assert.equal(script.phase, 'online');
  assert.deepEqual(script.store.feed.map((item) => item.text), ['Two', 'One']);
  assert.equal(script.connection.counters.duplicates, 1);
  assert.equal(script.store.status.missed, 1);
  script.event('hunt', 3, 'announcement', { text: 'Three' }, script.clock.now + 1000);
  assert.equal(script.store.status.missed, 1, 'what happens after the return was not missed');
});

test('a gap is noticed, shown to nobody as complete, and answered by asking for the state', () => {
  const script = new Script().goes_online();
  const asked = script.sent.length;
  script.event('hunt', 3, 'announcement', { text: 'Three' });
  assert.equal(script.connection.counters.gaps, 1);
  assert.equal(script.sent.length, asked + 1);
  assert.equal(script.sent.at(-1).type, 'get_state');
});

test('a request that is undecided when the connection is lost is sent again with the same id, and once only', () => {
  const script = new Script().goes_online();
  const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  assert.equal(script.last('submit_answer').id, id);
  script.loses();
  assert.match(script.store.attempts('bell')[0].text, /^Not sent yet/);
  script.waits();
  script.open();
  assert.equal(script.last('submit_answer'), undefined, 'nothing is sent before the server has answered the greeting');
  script.says({ type: 'resumed', data: { streams: streams(), resume_token: 'resume-2' } });
  assert.equal(script.last('submit_answer').id, id);
  assert.match(script.store.attempts('bell')[0].text, /^Waiting/);
  script.replies(id, { verdict: 'incorrect', guesses_left: 4 });
  script.replies(id, { verdict: 'incorrect', guesses_left: 3 });
  assert.deepEqual(script.store.attempts('bell').map((attempt) => attempt.text), ['Incorrect, 4 guesses left']);
  assert.equal(script.sent.filter((message) => message.type === 'submit_answer').length, 1);
});

test('an answer written without a connection waits, can be taken back, and survives a reload', () => {
  const script = new Script().goes_online();
  script.loses();
  const first = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  const second = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'dong' });
  assert.equal(script.connection.withdraw(first), true);
  const reloaded = new Script(script.kept).goes_online();
  assert.deepEqual(reloaded.sent.filter((message) => message.type === 'submit_answer').map((message) => message.id), [second]);
});

test('what is on its way cannot be taken back', () => {
  const script = new Script().goes_online();
  const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  assert.equal(script.connection.withdraw(id), false);
});

test('at most four requests are undecided at once, the fifth goes when one is decided', () => {
  const script = new Script().goes_online();
  const ids = [1, 2, 3, 4, 5].map((n) => script.connection.request('submit_answer', { puzzle: 'bell', answer: `a${n}` }));
  const answers = () => script.sent.filter((message) => message.type === 'submit_answer').map((message) => message.id);
  assert.deepEqual(answers(), ids.slice(0, 4));
  script.replies(ids[0], { verdict: 'incorrect', guesses_left: 4 });
  assert.deepEqual(answers(), ids);
});

test('a full outbox refuses', () => {
  const script = new Script().goes_online();
  for (let n = 0; n < kOutboxMax; n++) assert.notEqual(script.connection.request('submit_answer', { puzzle: 'bell', answer: `a${n}` }), null);
  assert.equal(script.connection.request('submit_answer', { puzzle: 'bell', answer: 'more' }), null);
});

test('an overloaded server is asked again with the same id after the time it named', () => {
  const script = new Script().goes_online();
  const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  script.refuses(id, { code: 'overloaded', temporary: true, retry_after_ms: 3000 });
  script.clock.pass(2999);
  assert.equal(script.sent.filter((message) => message.id === id).length, 1);
  script.clock.pass(1);
  assert.equal(script.sent.filter((message) => message.id === id).length, 2);
});

test('a lockout is not asked again by itself', () => {
  const script = new Script().goes_online();
  const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  script.refuses(id, { code: 'locked_out', temporary: true, retry_after_ms: 3000, details: { lockout_until: new Date(script.clock.now + 3000).toISOString() } });
  assert.equal(Date.parse(script.store.model.puzzles.get('bell').lockout_until), script.clock.now + 3000);
  script.clock.pass(10_000);
  assert.equal(script.sent.filter((message) => message.id === id).length, 1);
});

for (const code of [1001, 1006, 1012, 4008, 4012]) {
  test(`close ${code} is followed by another attempt`, () => {
    const script = new Script().goes_online();
    script.loses(code);
    script.waits();
    assert.equal(script.sockets.length, 2);
  });
}

for (const code of [4009, 4500, 4501, 4503]) {
  test(`close ${code} is not followed by another attempt`, () => {
    const script = new Script().goes_online();
    script.loses(code);
    assert.equal(script.phase, code === 4009 ? 'replaced' : 'refused');
    script.clock.pass(10 * kBackoffMaxMs);
    assert.equal(script.sockets.length, 1);
  });
}

test('a player can take the place back from another window', () => {
  const script = new Script().goes_online();
  script.loses(4009);
  script.connection.take_back();
  script.open();
  assert.equal(script.sent[0].type, 'hello');
});

test('a resume token that is refused costs one hello more, and a refused hello ends it', () => {
  const script = new Script().goes_online();
  script.loses();
  script.waits();
  script.open();
  script.refuses(script.sent[0].id, { code: 'unauthorized' });
  script.waits();
  script.open();
  assert.equal(script.sent[0].type, 'hello');
  script.refuses(script.sent[0].id, { code: 'unauthorized', message: 'unknown' });
  assert.equal(script.phase, 'refused');
  script.clock.pass(10 * kBackoffMaxMs);
  assert.equal(script.sockets.length, 3);
});

test('the wait doubles, stays within its bound, and half of it is chance', () => {
  const shortest = Array.from({ length: 8 }, (_, attempt) => backoff_ms(attempt, () => 0));
  const longest = Array.from({ length: 8 }, (_, attempt) => backoff_ms(attempt, () => 1));
  assert.deepEqual(shortest.slice(0, 4), [500, 1000, 2000, 4000]);
  assert.deepEqual(longest.slice(0, 4), [1000, 2000, 4000, 8000]);
  assert.equal(Math.max(...longest), kBackoffMaxMs);
});

test('the server’s own time for coming back is kept', () => {
  const script = new Script().goes_online();
  script.says({ type: 'reconnect', data: { after_ms: 7000 } });
  assert.equal(script.phase, 'waiting');
  script.clock.pass(6999);
  assert.equal(script.sockets.length, 1);
  script.clock.pass(1);
  assert.equal(script.sockets.length, 2);
});

test('a server that has gone silent is noticed by the missing pong', () => {
  const script = new Script().goes_online();
  script.clock.pass(25_000);
  assert.equal(script.sent.at(-1).type, 'ping');
  script.clock.pass(8_000);
  assert.equal(script.phase, 'waiting');
});

test('a server that answers pings is kept', () => {
  const script = new Script().goes_online();
  for (let round = 0; round < 10; round++) {
    script.clock.pass(25_000);
    script.says({ type: 'pong', id: script.sent.at(-1).id });
  }
  assert.equal(script.phase, 'online');
  assert.equal(script.sockets.length, 1);
});

test('a handshake without an answer is given up', () => {
  const script = new Script();
  script.connection.connect();
  script.clock.pass(10_000);
  assert.equal(script.phase, 'waiting');
});

test('a snapshot in answer to resume takes the place of what was missed', () => {
  const script = new Script().goes_online({ hunt: 1 });
  script.loses();
  script.waits();
  script.open();
  script.says({ type: 'snapshot', id: script.sent[0].id, data: { at: '', streams: streams({ hunt: 900, team: 7 }), state: state({ hunt: 900, team: 7 }) } });
  assert.equal(script.phase, 'online');
  assert.deepEqual(script.connection.streams, streams({ hunt: 900, team: 7 }));
  script.event('hunt', 901, 'announcement', { text: 'After' });
  assert.equal(script.connection.counters.gaps, 0);
});

test('a declared skip moves the skipped stream alone', () => {
  const script = new Script().goes_online({ hunt: 1, team: 1 });
  script.says({ type: 'resync_required', data: { stream: 'hunt', from: 2, to: 50 } });
  script.says({ type: 'snapshot', data: { at: '', streams: streams({ hunt: 50, team: 3 }), state: state({ hunt: 50, team: 3 }) } });
  script.event('team', 2, 'member_joined', { player: 'p2', name: 'Ole' });
  script.event('hunt', 51, 'announcement', { text: 'After' });
  assert.equal(script.connection.counters.gaps, 0);
  assert.equal(script.connection.counters.declared_skips, 1);
  assert.deepEqual(script.store.feed.map((item) => item.kind), ['announcement', 'member']);
});

test('another epoch makes the old offsets worthless and the state be asked for', () => {
  const script = new Script().goes_online({ hunt: 40 });
  script.loses();
  script.waits();
  script.open();
  script.says({ type: 'resumed', data: { streams: streams({ hunt: 2, epoch: 'e2' }), resume_token: 'r' } });
  assert.equal(script.sent.at(-1).type, 'get_state');
  script.event('hunt', 3, 'announcement', { text: 'New world' });
  assert.equal(script.store.feed[0].text, 'New world');
  assert.equal(script.connection.counters.gaps, 0);
});

test('a frame that is no JSON, or of an unknown type, hurts nothing', () => {
  const script = new Script().goes_online();
  script.socket.on_message('{"type":');
  script.says({ type: 'weather', data: { sun: true } });
  script.says({ type: 'notice', notice: 'weather', version: 1, data: {} });
  assert.equal(script.phase, 'online');
  assert.equal(script.connection.counters.unreadable, 1);
});

test('a socket that was given up can say nothing more', () => {
  const script = new Script().goes_online();
  const old = script.socket;
  script.connection.network_lost();
  old.on_message(JSON.stringify({ type: 'event', stream: 'hunt', offset: 1, event: 'announcement', time: '', data: { text: 'Ghost' } }));
  old.on_close(4500, '');
  assert.equal(script.phase, 'waiting');
  assert.equal(script.store.feed.length, 0);
});

test('request ids fit into the protocol’s 36 bytes and are never used twice', () => {
  const script = new Script().goes_online();
  const ids = new Set();
  for (let n = 0; n < 20; n++) ids.add(script.connection.request('submit_answer', { puzzle: 'bell', answer: `${n}` }));
  assert.equal(ids.size, 20);
  for (const id of ids) assert.ok(Buffer.byteLength(id) <= 36);
});
