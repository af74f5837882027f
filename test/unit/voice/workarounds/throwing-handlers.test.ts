import { DAVESession, VoiceUDPSocket, VoiceWebSocket } from '@discordjs/voice';
import { expect, onTestFinished, test } from 'vitest';
import { appendProposals, createExternalSender } from '../../../../src/rehearsal/discord/voice/dave/external-sender.ts';
import { guardUdpSocket, guardWebSocket } from '../../../../src/voice/workarounds/throwing-handlers.ts';
import { openUpstream } from './upstream.ts';

const SHORT_DATAGRAM = Buffer.from([0x80, 0x78, 0, 1, 0, 0, 0, 0, 1, 2]);

function openUdp(): VoiceUDPSocket {
  const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: 9 });
  udp.on('error', () => undefined);
  onTestFinished(() => udp.destroy());
  return udp;
}

function openWebSocket(): VoiceWebSocket {
  const ws = new VoiceWebSocket('wss://127.0.0.1:1', false);
  ws.on('error', () => undefined);
  onTestFinished(() => ws.destroy());
  return ws;
}

/** As the socket would: the library looks its handler up each time. */
function deliver(target: object, message: unknown): void {
  const handler: unknown = Reflect.get(target, 'onMessage');
  if (typeof handler !== 'function') throw new Error('the library has no onMessage');
  Reflect.apply(handler, target, [message]);
}

test('upstream still throws on a datagram that is too short for an SSRC, and it ends nothing behind the guard', () => {
  const { receiver } = openUpstream().connection;
  const udp = openUdp();
  udp.on('message', receiver.onUdpMessage);
  expect(() => deliver(udp, SHORT_DATAGRAM)).toThrow(RangeError);

  const thrown: unknown[] = [];
  guardUdpSocket(udp, (error, handler) => thrown.push([handler, error]));
  deliver(udp, SHORT_DATAGRAM);
  expect(thrown).toEqual([['datagram', expect.any(RangeError)]]);
});

test('upstream still throws on a short binary frame, and it ends nothing behind the guard', () => {
  const ws = openWebSocket();
  expect(() => deliver(ws, { data: Buffer.from([1]) })).toThrow(RangeError);

  const thrown: string[] = [];
  guardWebSocket(ws, (_, handler) => thrown.push(handler));
  deliver(ws, { data: Buffer.from([1]) });
  expect(thrown).toEqual(['webSocketMessage']);
});

test('what a listener throws is caught as well, and good messages still arrive', () => {
  const ws = openWebSocket();
  const ops: number[] = [];
  const thrown: unknown[] = [];
  ws.on('binary', ({ op }) => {
    ops.push(op);
    if (op === 27) throw new Error('UnexpectedUser');
  });
  guardWebSocket(ws, (error) => thrown.push(error));
  for (const op of [27, 29]) deliver(ws, { data: Buffer.from([0, 1, op, 0]) });
  expect(ops).toEqual([27, 29]);
  expect(thrown).toEqual([new Error('UnexpectedUser')]);
});

test('upstream still throws when it sends on a socket that has been closed, and it ends nothing behind the guard', () => {
  const udp = openUdp();
  udp.destroy();
  expect(() => udp.send(Buffer.alloc(8))).toThrow();

  const thrown: string[] = [];
  guardUdpSocket(udp, (_, handler) => thrown.push(handler));
  udp.send(Buffer.alloc(8));
  expect(thrown).toEqual(['send']);
});

test('upstream still lets out what davey says of proposals for a member of whom no op 11 has told', () => {
  const [bot, stranger] = ['1001', '1002'].map((id) => new DAVESession(1, id, '2000', {}));
  const keyPackages: Buffer[] = [];
  stranger?.on('keyPackage', (keyPackage) => keyPackages.push(keyPackage));
  for (const dave of [bot, stranger]) dave?.reinit();
  const [keyPackage] = keyPackages;
  if (!bot || !keyPackage) throw new Error('the library offers no key package');
  const sender = createExternalSender();
  bot.setExternalSender(sender.packageBytes);
  const proposals = appendProposals(sender.propose('2000', 0n, [{ kind: 'add', keyPackage }]));

  expect(() => bot.processProposals(proposals, new Set(['1001']))).toThrow('UnexpectedUser');
  expect(bot.processProposals(proposals, new Set(['1001', '1002']))).toBeInstanceOf(Buffer);
});
