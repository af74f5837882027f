/**
 * Who may connect: the main gateway hands out tickets (VOICE_STATE_UPDATE and VOICE_SERVER_UPDATE), the voice gateway
 * checks them in Identify.
 */
import { randomBytes } from 'node:crypto';
import type { IdentifyPayload, ResumePayload } from './client-messages.ts';
import { VoiceClose } from './voice-opcodes.ts';

/** A real client's permission to connect. */
export interface Admission {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  /** Session id of its voice state. */
  readonly sessionId: string;
  /** Whether the call has end-to-end encryption; stage channels have none. */
  readonly encrypted: boolean;
}

export interface Ticket extends Admission {
  readonly token: string;
}

export type Checked =
  | { readonly outcome: 'admitted'; readonly ticket: Ticket }
  | { readonly outcome: 'refused'; readonly code: number; readonly reason: string };

export interface Tickets {
  /** A new token. One user has one ticket a guild: an older one is no longer valid. */
  issue(admission: Admission): Ticket;
  revoke(guildId: string, userId: string): void;
  identify(payload: IdentifyPayload): Checked;
  /** Resume names no user; the token does. */
  resume(payload: ResumePayload): Checked;
}

const refused = (code: number, reason: string): Checked => ({ outcome: 'refused', code, reason });
const sessionInvalid = refused(VoiceClose.sessionInvalid, 'Session is no longer valid');

export function createTickets(): Tickets {
  const tickets: Ticket[] = [];
  const revoke = (guildId: string, userId: string): void => {
    const at = tickets.findIndex((ticket) => ticket.guildId === guildId && ticket.userId === userId);
    if (at >= 0) tickets.splice(at, 1);
  };
  const check = ({ token, session_id, server_id }: ResumePayload | IdentifyPayload): Checked => {
    const ticket = tickets.find((one) => one.token === token);
    if (!ticket) return refused(VoiceClose.authenticationFailed, 'Authentication failed');
    if (ticket.sessionId !== session_id || ticket.guildId !== server_id) return sessionInvalid;
    return { outcome: 'admitted', ticket };
  };
  return {
    issue(admission) {
      revoke(admission.guildId, admission.userId);
      const ticket = { ...admission, token: randomBytes(8).toString('hex') };
      tickets.push(ticket);
      return ticket;
    },
    revoke,
    resume: (payload) => (check(payload).outcome === 'admitted' ? check(payload) : sessionInvalid),
    identify(payload) {
      const checked = check(payload);
      if (checked.outcome === 'refused') return checked;
      if (checked.ticket.userId !== payload.user_id)
        return refused(VoiceClose.authenticationFailed, 'Authentication failed');
      if (checked.ticket.encrypted && payload.max_dave_protocol_version < 1)
        return refused(VoiceClose.daveRequired, 'E2EE/DAVE protocol required');
      return checked;
    },
  };
}
