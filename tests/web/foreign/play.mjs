// Entering, playing, and what the others see of it.
import assert from 'node:assert/strict';
import { Player, post, unique } from '../support/player.mjs';

export async function check_play(world, checks) {
  const { url, key, operator } = world;
  let ada, bela, rival, state;

  await checks.check('a team is made, and a second player joins by its code', async () => {
    ada = await Player.make_team(url);
    for (const field of ['token', 'join_code', 'recovery_code']) assert.equal(typeof ada.credentials[field], 'string', field);
    bela = await Player.join(url, ada.credentials.join_code);
    assert.notEqual(bela.credentials.token, ada.credentials.token);
    rival = await Player.make_team(url, unique('Rivals'), 'Rita');
  });
  await checks.check('entering with a missing name, a wrong type, no JSON or an unknown code is refused in words', async () => {
    for (const [path, body, status] of [
      ['/v1/teams', { player_name: 'Ada' }, 400], ['/v1/teams', { team_name: 7, player_name: 'Ada' }, 400], ['/v1/teams', { team_name: '', player_name: 'Ada' }, 400],
      ['/v1/teams', '{"team_name":', 400], ['/v1/teams', { team_name: 'x'.repeat(400), player_name: 'Ada' }, 400],
      ['/v1/join', { join_code: 'NOSUCHCODE', player_name: 'Ada' }, 404], ['/v1/recover', { recovery_code: 'NOSUCHCODE' }, 404]
    ]) {
      const answer = await post(url, path, body);
      assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${JSON.stringify(body)}: ${answer.status}`);
      if (status === 400) assert.equal(answer.body.error.code, 'bad_request', path);
      assert.ok(answer.body.error.message.length > 5, path);
    }
  });
  await checks.check('hello is answered by welcome with a resume token and the streams', async () => {
    await Promise.all([ada.hello(), bela.hello(), rival.hello()]);
    const { data } = ada.welcome;
    assert.equal(ada.welcome.id, 'f-1');
    assert.equal(typeof data.resume_token, 'string');
    assert.deepEqual(Object.keys(data.streams).sort(), ['hunt', 'me', 'team']);
    for (const at of Object.values(data.streams)) assert.ok(typeof at.epoch === 'string' && Number.isInteger(at.offset));
    assert.ok(data.heartbeat_ms > 0 && !Number.isNaN(Date.parse(data.server_time)));
    assert.equal(bela.welcome.data.streams.team.epoch, data.streams.team.epoch);
    assert.notEqual(rival.welcome.data.streams.team.epoch, data.streams.team.epoch);
  });
  await checks.check('get_state tells the hunt, the districts, the team and its puzzles, and no answer', async () => {
    state = await ada.state_with(key, 3);
    assert.equal(state.hunt.state, 'running');
    assert.ok(state.districts.length > 0 && state.districts.every((district) => district.id && district.name && district.outline.type === 'MultiPolygon'));
    assert.deepEqual(state.team.members.map((member) => member.name), ['Ada', 'Bela']);
    assert.equal(state.team.join_code, ada.credentials.join_code);
    assert.ok(state.puzzles.length > 0);
    const open = new Set(state.districts.filter((district) => district.open).map((district) => district.id));
    for (const puzzle of state.puzzles) {
      assert.ok(puzzle.prompt && puzzle.title && open.has(puzzle.district), puzzle.id);
      for (const field of ['answers', 'answer', 'code', 'partials', 'normalisation']) assert.equal(puzzle[field], undefined, field);
    }
  });
  const [first, second, third] = state ? key.solvable(state.puzzles).map((puzzle) => puzzle.id) : [];

  await checks.check('ping is answered by pong with its id', async () => {
    ada.line.send({ type: 'ping', id: 'ping-1', data: {} });
    await ada.line.wait('pong', (message) => message.type === 'pong' && message.id === 'ping-1');
  });
  await checks.check('a wrong answer costs one guess, said twice it costs no second one', async () => {
    const [wrong, other] = key.wrong_answers(first, 2);
    const one = (await ada.request('submit_answer', { puzzle: first, answer: wrong })).data;
    assert.equal(one.verdict, 'incorrect');
    const again = (await bela.request('submit_answer', { puzzle: first, answer: wrong.toUpperCase() })).data;
    assert.equal(again.verdict, 'already_tried');
    assert.equal(again.guesses_left, one.guesses_left);
    const two = (await bela.request('submit_answer', { puzzle: first, answer: other })).data;
    assert.equal(two.guesses_left, one.guesses_left - 1);
  });
  await checks.check('a request that is sent again with its id gets the same bytes and costs nothing', async () => {
    const [, , guess] = key.wrong_answers(second, 3);
    const reply = await ada.request('submit_answer', { puzzle: second, answer: guess }, 'same-id');
    const again = await ada.request('submit_answer', { puzzle: second, answer: guess }, 'same-id');
    assert.equal(again.raw, reply.raw);
    const told = (await ada.request('get_state', { puzzles: [second] })).data.puzzles.find((puzzle) => puzzle.id === second);
    assert.equal(told.guesses_left, reply.data.guesses_left);
  });
  await checks.check('five wrong answers lock the team out for a time that is told, teammates too', async () => {
    let reply;
    for (const guess of key.wrong_answers(third, 12)) {
      reply = await ada.request('submit_answer', { puzzle: third, answer: guess });
      if (!reply.ok || reply.data.lockout_until) break;
    }
    assert.ok(reply.ok && Date.parse(reply.data.lockout_until) > 0, JSON.stringify(reply));
    const refused = await bela.request('submit_answer', { puzzle: third, answer: key.answer(third) });
    assert.equal(refused.ok, false);
    assert.equal(refused.error.code, 'locked_out');
    assert.equal(refused.error.temporary, true);
  });
  await checks.check('the right answer solves; the team, the other teams and the board hear of it, the answer does not leave', async () => {
    const answer = key.answer(first);
    const reply = (await ada.request('submit_answer', { puzzle: first, answer })).data;
    assert.equal(reply.verdict, 'correct');
    assert.ok(reply.points > 0);
    const told = await bela.event('puzzle_solved', (data) => data.puzzle === first);
    assert.equal(told.stream, 'team');
    assert.equal(told.data.points, reply.points);
    const is_ours = (data) => data.puzzle === first && data.team === state.team.id;
    const seen = await rival.event('team_solved', is_ours);
    const ours = await ada.event('team_solved', is_ours);
    assert.equal(seen.raw, ours.raw, 'the bytes of a public event are the same for all');
    assert.equal(seen.data.answer, undefined);
    assert.equal(rival.line.received.some((message) => message.event === 'puzzle_solved'), false);
    await ada.notice('score', (data) => data.solved >= 1 && data.points === reply.points);
    await rival.notice('leaderboard', (data) => data.rows.some((row) => row.team === state.team.id && row.points === reply.points));
    const late = (await bela.request('submit_answer', { puzzle: first, answer })).data;
    assert.equal(late.verdict, 'already_solved');
  });
  await checks.check('a hint costs what it was said to cost and goes to the whole team', async () => {
    const now = await ada.state();
    const buyable = now.puzzles.find((puzzle) => puzzle.status === 'open' && puzzle.hint_next && !puzzle.hint_next.available_at && puzzle.hint_next.cost <= now.team.points);
    assert.ok(buyable, 'the hunt has a hint that can be bought');
    const { index, cost } = buyable.hint_next;
    const reply = (await ada.request('request_hint', { puzzle: buyable.id, hint: index })).data;
    assert.ok(reply.hint.text.length > 0);
    assert.equal(reply.cost, cost);
    assert.equal(reply.points, now.team.points - cost);
    const told = await bela.event('hint_granted', (data) => data.puzzle === buyable.id);
    assert.equal(told.data.hint.text, reply.hint.text);
  });
  await checks.check('a district opens once, for everybody, at one offset', async () => {
    const closed = (await ada.state()).districts.find((district) => !district.open);
    assert.ok(closed, 'a district is still closed');
    await operator.open(closed.id);
    const is_it = (data) => data.district === closed.id;
    const [one, two] = [await ada.event('district_opened', is_it), await rival.event('district_opened', is_it)];
    assert.equal(one.raw, two.raw);
    assert.equal(one.data.name, closed.name);
    assert.equal((await rival.state()).districts.find((district) => district.id === closed.id).open, true);
    assert.equal(ada.line.received.filter((message) => message.event === 'district_opened' && is_it(message.data)).length, 1);
  });
  await checks.check('offsets of every stream had no gap and no repetition', async () => {
    for (const player of [ada, bela, rival]) {
      for (const stream of ['hunt', 'team', 'me']) {
        const begin = player.welcome.data.streams[stream].offset;
        const offsets = player.offsets(stream);
        assert.deepEqual(offsets, offsets.map((_, at) => begin + 1 + at), stream);
      }
    }
  });
  await Promise.all([ada, bela, rival].map((player) => player?.line?.end()));
}
