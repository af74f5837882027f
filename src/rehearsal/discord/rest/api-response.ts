/**
 * What a REST route answers, and Discord's errors (Discord, "Opcodes and Status Codes", JSON).
 */

export interface ApiResponse {
  readonly status: number;
  /** Sent as JSON; `null` sends no body and no content type, as Discord does with 204. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A file of the CDN. */
export interface FileResponse {
  readonly status: 200;
  readonly file: { readonly bytes: Buffer; readonly contentType: string };
}

export const ok = (body: unknown): ApiResponse => ({ status: 200, body });
export const created = (body: unknown): ApiResponse => ({ status: 201, body });
export const NO_CONTENT: ApiResponse = { status: 204, body: null };

const error = (status: number, code: number, message: string): ApiResponse => ({ status, body: { message, code } });

export const apiErrors = {
  unauthorized: error(401, 0, '401: Unauthorized'),
  notFound: error(404, 0, '404: Not Found'),
  methodNotAllowed: error(405, 0, '405: Method Not Allowed'),
  notJson: error(400, 50109, 'The request body contains invalid JSON.'),
  tooLarge: error(413, 40005, 'Request entity too large'),
  unknownApplication: error(404, 10002, 'Unknown Application'),
  unknownChannel: error(404, 10003, 'Unknown Channel'),
  unknownGuild: error(404, 10004, 'Unknown Guild'),
  unknownMember: error(404, 10007, 'Unknown Member'),
  unknownMessage: error(404, 10008, 'Unknown Message'),
  unknownUser: error(404, 10013, 'Unknown User'),
  unknownWebhook: error(404, 10015, 'Unknown Webhook'),
  unknownInteraction: error(404, 10062, 'Unknown interaction'),
  unknownCommand: error(404, 10063, 'Unknown application command'),
  unknownVoiceState: error(404, 10065, 'Unknown Voice State'),
  acknowledged: error(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: error(403, 50001, 'Missing Access'),
  foreignMessage: error(403, 50005, 'Cannot edit a message authored by another user'),
  missingPermissions: error(403, 50013, 'Missing Permissions'),
  wrongChannelType: error(400, 50024, 'Cannot execute action on this channel type'),
  invalidToken: error(401, 50027, 'Invalid Webhook Token'),
  threadArchived: error(400, 50083, 'Thread is archived'),
  noVoiceMessages: error(403, 50173, 'Cannot send voice messages in this channel'),
  threadExists: error(400, 160004, 'A thread has already been created for this message'),
  noHistoryToReply: error(403, 160002, 'Cannot reply without permission to read message history'),
} as const;
