/**
 * @discordjs/voice 0.19.2 handles what comes from its sockets without a net: what throws there is an uncaught exception and
 * ends the thread, with every room in it. Seen to throw:
 * - op 27 with a member of whom no op 11 has told: davey's `UnexpectedUser` (reference/discord.md §1);
 * - a datagram of 9 to 11 bytes: `RangeError` in `VoiceReceiver.onUdpMessage`, which reads an SSRC at byte 8. Anybody who can
 *   send to the UDP port can send one;
 * - a binary frame of fewer than 3 bytes: `RangeError` in `VoiceWebSocket.onMessage`;
 * - sending on a UDP socket that has just been closed, also from the library's own keep-alive timer.
 *
 * The handlers of the very instances are wrapped, so that the library's classes stay as they are. No upstream issue is known.
 * Remove when throwing-handlers.test.ts fails.
 */
import type { VoiceUDPSocket, VoiceWebSocket } from '@discordjs/voice';

export type HandlerName = 'webSocketMessage' | 'datagram' | 'send';
export type OnThrown = (error: unknown, handler: HandlerName) => void;

/** Call once for every socket, as soon as it exists. */
export function guardWebSocket(ws: VoiceWebSocket, onThrown: OnThrown): void {
  wrap(ws, 'onMessage', (error) => onThrown(error, 'webSocketMessage'));
}

/** Call once for every socket, as soon as it exists. */
export function guardUdpSocket(udp: VoiceUDPSocket, onThrown: OnThrown): void {
  wrap(udp, 'onMessage', (error) => onThrown(error, 'datagram'));
  wrap(udp, 'send', (error) => onThrown(error, 'send'));
}

/** The library looks the method up on the instance each time it calls it; some are private, hence `Reflect`. */
function wrap(target: object, method: string, onThrown: (error: unknown) => void): void {
  const original: unknown = Reflect.get(target, method);
  if (typeof original !== 'function') throw new TypeError(`@discordjs/voice has no ${method} any more`);
  Reflect.set(target, method, (...args: unknown[]) => {
    try {
      return Reflect.apply(original, target, args);
    } catch (error) {
      onThrown(error);
    }
  });
}
