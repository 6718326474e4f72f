// Everything that is malformed, oversized, early, foreign or not one's own to do.
import assert from 'node:assert/strict';
import { Line, Player, post } from '../support/player.mjs';

export async function check_refusals(world, checks) {
  const { url, admin, key } = world;
  const bystander = await (await Player.make_team(url)).hello();
  const with_player = async (run) => {
    const player = await (await Player.make_team(url)).hello();
    await run(player, player.line);
    if (!player.line.closed) player.line.lose();
  };

  await checks.check('a binary frame is closed 1003', () => with_player(async (_, line) => {
    line.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    assert.equal((await line.wait_close()).code, 1003);
  }));
  await checks.check('text that is no UTF-8 is closed 1007', () => with_player(async (_, line) => {
    line.socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
    assert.equal((await line.wait_close()).code, 1007);
  }));
  await checks.check('a message above 16 KiB is closed 1009', () => with_player(async (_, line) => {
    line.send({ type: 'ping', id: 'big', data: { x: 'y'.repeat(20 * 1024) } });
    assert.equal((await line.wait_close()).code, 1009);
  }));
  await checks.check('a message between 4 and 16 KiB is answered bad_request and the connection goes on', () => with_player(async (_, line) => {
    line.send({ type: 'ping', id: 'big', data: { x: 'y'.repeat(6 * 1024) } });
    const reply = await line.wait('a refusal', (message) => message.type === 'reply' && !message.ok);
    assert.equal(reply.error.code, 'bad_request');
    line.send({ type: 'ping', id: 'small', data: {} });
    await line.wait('pong', (message) => message.type === 'pong');
  }));
  await checks.check('a frame that is no JSON object is answered bad_request or closed 4501, and never believed', () => with_player(async (_, line) => {
    for (const frame of ['{"type":', 'hello', '[]', '"x"', '{"type":"ping","id":"a","data":{}} trailing']) line.send(frame);
    const end = await line.until('a refusal', () => line.closed ?? line.received.find((message) => message.type === 'reply' && !message.ok), true);
    assert.ok(end.code === 4501 || end.error?.code === 'bad_request', JSON.stringify(end));
    assert.equal(line.received.some((message) => message.type === 'pong'), false);
  }));
  await checks.check('unknown types, wrong types of fields and unknown puzzles get their codes', () => with_player(async (player) => {
    for (const [type, data, code] of [
      ['fly_away', {}, 'bad_request'], ['submit_answer', {}, 'bad_request'], ['submit_answer', { puzzle: 7, answer: 'x' }, 'bad_request'],
      ['submit_answer', { puzzle: 'no-such-puzzle', answer: 'x' }, 'not_found'], ['request_hint', { puzzle: 'no-such-puzzle', hint: 'first' }, 'bad_request'],
      ['check_in', { puzzle: 'no-such-puzzle', at: ['here'] }, 'bad_request']
    ]) {
      const reply = await player.request(type, data);
      assert.equal(reply.ok, false, type);
      assert.equal(reply.error.code, code, `${type} ${JSON.stringify(data)}`);
    }
  }));
  await checks.check('a puzzle that is not unlocked is not played, whatever its answer', () => with_player(async (player) => {
    const known = new Set((await player.state_with(key, 1)).puzzles.map((puzzle) => puzzle.id));
    const hidden = [...key.puzzles.keys()].find((id) => !known.has(id) && key.answer(id));
    assert.ok(hidden, 'the hunt has a puzzle that is still locked');
    const reply = await player.request('submit_answer', { puzzle: hidden, answer: key.answer(hidden) });
    assert.equal(reply.ok, false);
    assert.ok(['locked', 'not_found'].includes(reply.error.code), reply.error.code);
  }));
  await checks.check('a request before hello is closed 1008', async () => {
    const line = await Line.open(url);
    line.send({ type: 'get_state', id: 'early', data: {} });
    assert.equal((await line.wait_close()).code, 1008);
    assert.equal(line.received.some((message) => message.ok === true), false);
  });
  await checks.check('a connection that says nothing is closed 1008', async () => {
    const line = await Line.open(url);
    assert.equal((await line.wait_close()).code, 1008);
  });
  await checks.check('a missing, wrong or additional subprotocol is refused in the handshake', async () => {
    for (const protocols of [[], ['cairn.v2.json'], ['chat']]) await assert.rejects(Line.open(url, { protocols }), /Unexpected server response: 4\d\d/, JSON.stringify(protocols));
  });
  await checks.check('a foreign Origin is refused in the handshake, the own one passes', async () => {
    for (const origin of ['http://example.org', 'null', `${url}.example.org`]) await assert.rejects(Line.open(url, { origin }), /Unexpected server response: 403/, origin);
    const line = await Line.open(url, { origin: url });
    line.lose();
  });
  await checks.check('the operators’ interface answers neither nobody nor a player', async () => {
    for (const headers of [{}, { Authorization: `Bearer ${bystander.credentials.token}` }, { Authorization: 'Bearer ' }]) {
      const answer = await post(admin, '/v1/admin/announce', { text: 'Canary' }, headers);
      assert.equal(answer.status, 401);
    }
    const answer = await post(url, '/v1/admin/announce', { text: 'Canary' }, { Authorization: `Bearer ${world.operator.token}` });
    assert.ok(answer.status >= 400, 'the players’ listener has no such address');
  });
  await checks.check('a bystander noticed nothing of all this', async () => {
    bystander.line.send({ type: 'ping', id: 'calm', data: {} });
    await bystander.line.wait('pong', (message) => message.type === 'pong' && message.id === 'calm');
    assert.equal(bystander.line.received.some((message) => JSON.stringify(message).includes('Canary')), false);
  });
  await bystander.line.end();
}
