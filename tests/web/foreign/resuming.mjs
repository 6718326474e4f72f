// Lost connections, replaced ones, and tokens that have ended.
import assert from 'node:assert/strict';
import { Line, Player, post, unique } from '../support/player.mjs';

export async function check_resuming(world, checks) {
  const { url, key, operator } = world;

  await checks.check('a resumed player gets what was missed, in order, without a gap or a repetition', async () => {
    const ada = await (await Player.make_team(url)).hello();
    const bela = await (await Player.join(url, ada.credentials.join_code)).hello();
    await operator.announce('Before');
    await ada.event('announcement', (data) => data.text === 'Before');
    ada.note_offsets();
    ada.line.lose();
    const texts = ['One while away', 'Two while away', 'Three while away'].map(unique);
    for (const text of texts) await operator.announce(text);
    const puzzle = key.solvable((await bela.state_with(key, 1)).puzzles)[0].id;
    await bela.request('submit_answer', { puzzle, answer: key.answer(puzzle) });
    await bela.event('puzzle_solved');
    const before = structuredClone(ada.streams);
    assert.equal((await ada.resume()).type, 'resumed');
    await ada.event('announcement', (data) => data.text === texts[2]);
    await ada.event('puzzle_solved', (data) => data.puzzle === puzzle);
    for (const stream of ['hunt', 'team']) {
      const offsets = ada.offsets(stream);
      assert.ok(offsets.length > 0, stream);
      assert.deepEqual(offsets, offsets.map((_, at) => before[stream].offset + 1 + at), stream);
    }
    const heard = ada.line.received.filter((message) => message.event === 'announcement').map((message) => message.data.text);
    assert.deepEqual(heard.filter((text) => texts.includes(text)), texts);
    await Promise.all([ada.line.end(), bela.line.end()]);
  });
  await checks.check('a reply that was lost with the connection is had again by its id', async () => {
    const ada = await (await Player.make_team(url)).hello();
    const puzzle = key.solvable((await ada.state_with(key, 1)).puzzles)[0].id;
    const [guess] = key.wrong_answers(puzzle, 1);
    const reply = await ada.request('submit_answer', { puzzle, answer: guess }, 'lost-reply');
    ada.line.lose();
    await ada.resume();
    const again = await ada.request('submit_answer', { puzzle, answer: guess }, 'lost-reply');
    assert.equal(again.raw, reply.raw);
    await ada.line.end();
  });
  await checks.check('a stream of another epoch is answered by a snapshot', async () => {
    const ada = await (await Player.make_team(url)).hello();
    ada.line.lose();
    ada.streams.hunt.epoch = 'another world';
    const answer = await ada.resume();
    assert.equal(answer.type, 'snapshot');
    assert.ok(answer.data.state.districts.length > 0);
    assert.notEqual(answer.data.streams.hunt.epoch, 'another world');
    await ada.line.end();
  });
  await checks.check('a second connection of the same player replaces the first', async () => {
    const ada = await (await Player.make_team(url)).hello();
    const first = ada.line;
    await ada.hello();
    assert.equal((await first.wait_close()).code, 4009);
    ada.line.send({ type: 'ping', id: 'still-here', data: {} });
    await ada.line.wait('pong', (message) => message.type === 'pong');
    await ada.line.end();
  });
  await checks.check('a recovery gives a new token and ends the old one, its connection too', async () => {
    const ada = await (await Player.make_team(url)).hello();
    const recovered = await post(url, '/v1/recover', { recovery_code: ada.credentials.recovery_code });
    assert.ok(recovered.status < 300);
    assert.notEqual(recovered.body.token, ada.credentials.token);
    assert.equal((await ada.line.wait_close()).code, 4500);
    const old = await Line.open(url);
    old.send({ type: 'hello', id: 'old', data: { token: ada.credentials.token } });
    assert.equal((await old.wait_close()).code, 4500);
    const again = await new Player(url, { ...ada.credentials, token: recovered.body.token }).hello();
    assert.equal((await again.state()).team.members.length, 1);
    await again.line.end();
  });
  await checks.check('an unknown token and an unknown resume token are closed 4500', async () => {
    for (const message of [
      { type: 'hello', id: 'a', data: { token: 'nobody-has-this' } },
      { type: 'resume', id: 'a', data: { resume_token: 'nobody-has-this', streams: {} } }
    ]) {
      const line = await Line.open(url);
      line.send(message);
      assert.equal((await line.wait_close()).code, 4500, message.type);
    }
  });
}
