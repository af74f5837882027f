/**
 * What a client may send over the voice gateway as JSON, checked at the edge. Unknown fields are allowed, as by Discord.
 */
import { z } from 'zod';
import { VoiceOp } from './voice-opcodes.ts';

const transition = z.object({ transition_id: z.int().min(0) });

const shapes = {
  identify: z.object({
    server_id: z.string(),
    user_id: z.string(),
    session_id: z.string(),
    token: z.string(),
    max_dave_protocol_version: z.int().min(0).default(0),
  }),
  selectProtocol: z.object({
    protocol: z.string(),
    data: z.object({ address: z.string(), port: z.int().min(1).max(65_535), mode: z.string() }),
  }),
  heartbeat: z.object({ t: z.number(), seq_ack: z.int().default(-1) }),
  speaking: z.object({ speaking: z.int().min(0), delay: z.number().default(0), ssrc: z.int().min(0) }),
  resume: z.object({
    server_id: z.string(),
    session_id: z.string(),
    token: z.string(),
    seq_ack: z.int().default(-1),
  }),
  transitionReady: transition,
  invalidCommitWelcome: transition,
} as const;

type Shapes = typeof shapes;

/** One checked message: `name` says which, `d` is its payload. */
export type ClientMessage = {
  [Name in keyof Shapes]: { readonly name: Name; readonly d: z.output<Shapes[Name]> };
}[keyof Shapes];

export type IdentifyPayload = z.output<Shapes['identify']>;
export type ResumePayload = z.output<Shapes['resume']>;
export type SelectProtocolPayload = z.output<Shapes['selectProtocol']>;
export type HeartbeatPayload = z.output<Shapes['heartbeat']>;

export type ParsedMessage =
  | { readonly outcome: 'message'; readonly message: ClientMessage }
  | { readonly outcome: 'unknownOpcode'; readonly op: number }
  | { readonly outcome: 'badPayload'; readonly detail: string };

const envelope = z.object({ op: z.int(), d: z.unknown() });
const readers: readonly { readonly op: number; readonly read: (d: unknown) => ParsedMessage }[] = [
  reader('identify'),
  reader('selectProtocol'),
  reader('heartbeat'),
  reader('speaking'),
  reader('resume'),
  reader('transitionReady'),
  reader('invalidCommitWelcome'),
];

function reader<Name extends keyof Shapes>(name: Name): (typeof readers)[number] {
  return {
    op: VoiceOp[name],
    read: (d) => {
      const result = shapes[name].safeParse(d);
      if (!result.success) return { outcome: 'badPayload', detail: `${name}: ${z.prettifyError(result.error)}` };
      return { outcome: 'message', message: { name, d: result.data } as ClientMessage };
    },
  };
}

/** Never throws: text that is no JSON is a bad payload. */
export function parseClientMessage(text: string): ParsedMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { outcome: 'badPayload', detail: 'not JSON' };
  }
  const outer = envelope.safeParse(json);
  if (!outer.success) return { outcome: 'badPayload', detail: 'no opcode' };
  const { op, d } = outer.data;
  return readers.find((known) => known.op === op)?.read(d) ?? { outcome: 'unknownOpcode', op };
}
