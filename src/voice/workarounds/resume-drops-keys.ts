/**
 * @discordjs/voice 0.19.2 ignores binary messages while it resumes (`Networking.onWsBinary` looks at `Ready` only), and binary is
 * what all keys of the end-to-end encryption travel in. What the voice server sends again between the new socket and `Resumed`
 * is lost: after a re-key in that time the bot speaks with keys that nobody has, and nothing tells.
 *
 * No upstream issue is known. Remove when resume-drops-keys.test.ts fails.
 */
import { type Networking, NetworkingStatusCode, type VoiceWebSocket } from '@discordjs/voice';

/** Calls `onDropped` for every binary message that the library ignores on this socket. Lives as long as the socket. */
export function watchDroppedKeys(networking: Networking, ws: VoiceWebSocket, onDropped: () => void): void {
  ws.on('binary', () => {
    if (networking.state.code === NetworkingStatusCode.Resuming) onDropped();
  });
}
