/**
 * The voice server's UDP side: IP discovery, keep-alive, and RTP by SSRC. One socket for all calls, as on Discord.
 */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

const DISCOVERY_BYTES = 74;
const DISCOVERY_REQUEST = 1;
const DISCOVERY_RESPONSE = 2;
/** Length field of discovery: what follows type and length (Discord's documentation, "IP Discovery"). */
const DISCOVERY_BODY_BYTES = 70;
const KEEP_ALIVE_BYTES = 8;
/** Room for a burst while the process is busy; the default of some systems holds only 200 packets. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export interface UdpAddress {
  readonly address: string;
  readonly port: number;
}

export interface UdpSocketHandlers {
  /** May a client with this SSRC be answered? It also learns where the client is. */
  onDiscovery(ssrc: number, from: UdpAddress): boolean;
  /** May keep-alives from here be answered? */
  onKeepAlive(from: UdpAddress): boolean;
  /** Everything else. */
  onDatagram(datagram: Buffer, from: UdpAddress): void;
}

export interface UdpSocket extends UdpAddress {
  send(datagram: Buffer, to: UdpAddress): void;
  close(): Promise<void>;
}

/** Type, length, SSRC, the address as a C string from byte 8, the port in the last two bytes. */
function discoveryResponse(ssrc: number, from: UdpAddress): Buffer {
  const response = Buffer.alloc(DISCOVERY_BYTES);
  response.writeUInt16BE(DISCOVERY_RESPONSE, 0);
  response.writeUInt16BE(DISCOVERY_BODY_BYTES, 2);
  response.writeUInt32BE(ssrc, 4);
  response.write(from.address, 8, 'ascii');
  response.writeUInt16BE(from.port, DISCOVERY_BYTES - 2);
  return response;
}

function discoverySsrc(datagram: Buffer): number | null {
  if (datagram.length !== DISCOVERY_BYTES) return null;
  if (datagram.readUInt16BE(0) !== DISCOVERY_REQUEST || datagram.readUInt16BE(2) !== DISCOVERY_BODY_BYTES) return null;
  return datagram.readUInt32BE(4);
}

/** Listens on a free port of 127.0.0.1. Send errors (a client that is gone) are part of UDP and ignored. */
export async function openUdpSocket(handlers: UdpSocketHandlers): Promise<UdpSocket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  let open = true;
  const send = (datagram: Buffer, to: UdpAddress): void => {
    if (open) socket.send(datagram, to.port, to.address, () => {});
  };
  socket.on('error', () => {});
  socket.on('message', (datagram: Buffer, from: RemoteInfo) => {
    const ssrc = discoverySsrc(datagram);
    if (ssrc !== null) {
      if (handlers.onDiscovery(ssrc, from)) send(discoveryResponse(ssrc, from), from);
    } else if (datagram.length === KEEP_ALIVE_BYTES) {
      if (handlers.onKeepAlive(from)) send(datagram, from);
    } else {
      handlers.onDatagram(datagram, from);
    }
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { address, port } = socket.address();
  return {
    address,
    port,
    send,
    async close() {
      if (!open) return;
      open = false;
      socket.close();
      await once(socket, 'close');
    },
  };
}
