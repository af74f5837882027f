import type { errors as en } from '../en/errors.ts';

export const errors: Readonly<Record<keyof typeof en, string>> = {
  'fallback.channel': 'dem Kanal',
  'fallback.permissions': 'Kanal anzeigen, Verbinden oder Sprechen',
  'fallback.reset': 'um Mitternacht UTC',
  'fallback.wait': 'in ein paar Minuten',
  'refused.setup': 'Es sagt nicht, welche. Bitte sag dem Betreiber Bescheid; was es gesagt hat, steht im Log.',
  'refused.voice': 'die Stimme. Wähle mit `/voice` eine andere.',
  'refused.language': 'die Sprache. Wähle mit `/language` eine andere.',
  'refused.persona': 'die Persona. Ändere sie mit `/persona set`.',
  'refused.tools': 'eines der Werkzeuge. Schalte mit `/tools disable` ab, was zuletzt eingeschaltet wurde.',
  'refused.location': 'In dem Land, in dem ich laufe, wird es nicht angeboten. Bitte sag dem Betreiber Bescheid.',
  'refused.option': '`{option}` in der Datei von `LIVE_OPTIONS`. Bitte sag dem Betreiber Bescheid.',
  'error.CONFIG_INVALID': 'Meine Einstellungen sind falsch. Wer mich betreibt, muss sie berichtigen.',
  'error.DISCORD_TOKEN_REFUSED': 'Discord lehnt mein Token ab. Wer mich betreibt, muss ein neues setzen.',
  'error.DISCORD_INTENT_REFUSED':
    'Discord verweigert mir einen Intent. Wer mich betreibt, muss ihn im Developer Portal einschalten.',
  'error.DISCORD_UNREACHABLE': 'Ich erreiche Discord gerade nicht. Versuch es in einer Minute noch einmal.',
  'error.STORE_UNUSABLE': 'Meine Datenbank ist nicht benutzbar. Wer mich betreibt, muss nachsehen.',
  'error.STORE_WRITE_FAILED':
    'Das ließ sich nicht speichern, es hat sich nichts geändert. Versuch es in einer Minute noch einmal.',
  'error.GUILD_NOT_ALLOWED':
    'Auf diesem Server darf ich nicht benutzt werden. Das entscheidet, wer mich betreibt; bitte dort um Freigabe.',
  'error.MEMBER_IN_NO_CHANNEL': 'Du bist in keinem Sprachkanal. Geh erst in einen oder nenne einen: `/join channel:`.',
  'error.MEMBER_MAY_NOT_MOVE':
    'Ich spreche gerade mit anderen in {channel}. Nur wer die Berechtigung „Mitglieder verschieben“ hat, kann mich wegrufen.',
  'error.MEMBER_MAY_NOT_STEER': 'Das kann nur, wer in {channel} ist oder die Berechtigung {permissions} hat.',
  'error.MEMBER_LACKS_PERMISSION': 'Dafür fehlt dir die Berechtigung {permissions}.',
  'error.ROOM_NONE': 'Ich bin in keinem Kanal.',
  'error.ROOM_LIMIT':
    'Ich bin schon in so vielen Sprachkanälen, wie ich gleichzeitig sein kann. Versuch es später noch einmal.',
  'error.MINUTES_LIMIT': 'Die Sprechzeit dieses Servers für heute ist aufgebraucht. Neu beginnt sie {reset}.',
  'error.TOKENS_LIMIT': 'Das Token-Limit dieses Servers für heute ist aufgebraucht. Neu beginnt es {reset}.',
  'error.SHUTTING_DOWN': 'Ich werde gerade neu gestartet. Versuch es in einer Minute noch einmal.',
  'error.ROOM_THREAD_LOST': 'Ein Teil von mir ist abgestürzt. Ich komme von selbst wieder; wenn nicht, nimm `/join`.',
  'error.ROOM_THREAD_REPEATEDLY_LOST':
    'Ein Teil von mir ist hier mehrmals abgestürzt, darum habe ich aufgehört. Versuch es in einigen Minuten mit `/join` und sag dem Betreiber Bescheid.',
  'error.VOICE_PERMISSION_MISSING':
    'In {channel} kann ich nicht sprechen: Mir fehlt {permissions}. Gib mir das in den Kanaleinstellungen und versuch es noch einmal.',
  'error.VOICE_CHANNEL_FULL':
    '{channel} ist voll. Macht Platz für eine Person mehr oder gebt mir die Berechtigung „Mitglieder verschieben“.',
  'error.VOICE_CHANNEL_UNSUPPORTED': 'Ich kann nur in Sprach- und Stage-Kanälen sprechen.',
  'error.VOICE_JOIN_TIMEOUT':
    'Die Verbindung mit dem Sprachkanal hat zu lange gedauert, ich habe abgebrochen. Versuch es noch einmal.',
  'error.VOICE_GATEWAY_BUDGET':
    'Der Sprachkanal fiel immer wieder aus; ich habe aufgehört, bevor Discord mich sperrt. Versuch es in einer Minute noch einmal.',
  'error.VOICE_GATEWAY_DOWN': 'Ich habe die Verbindung zu Discord verloren. Versuch es in einer Minute noch einmal.',
  'error.VOICE_KICKED': 'Die Moderation hat mich getrennt. Mit `/join` komme ich wieder.',
  'error.VOICE_CALL_TERMINATED':
    'Discord hat das Gespräch beendet, oder den Kanal gibt es nicht mehr. Mit `/join` fängst du neu an.',
  'error.VOICE_RATE_LIMITED': 'Discord bremst mich gerade. Versuch es in ein, zwei Minuten noch einmal.',
  'error.VOICE_ENCRYPTION_REQUIRED':
    'Dieses Gespräch braucht Ende-zu-Ende-Verschlüsselung, und ich konnte sie nicht herstellen. Bitte sag dem Betreiber Bescheid.',
  'error.VOICE_ENCRYPTION_FAILED':
    'Die Ende-zu-Ende-Verschlüsselung ist ausgefallen und ließ sich nicht reparieren. Versuch es noch einmal mit `/join`.',
  'error.VOICE_REJECTED': 'Discords Sprachserver hat mich abgewiesen. Bitte sag dem Betreiber Bescheid.',
  'error.VOICE_LOST':
    'Ich habe die Verbindung zum Sprachkanal verloren und nicht wiederbekommen. Versuch es noch einmal mit `/join`.',
  'error.LIVE_KEY_REFUSED':
    'Google lehnt meinen Gemini-Schlüssel ab. Wer mich betreibt, muss einen gültigen setzen: `GEMINI_API_KEY`.',
  'error.LIVE_MODEL_REFUSED':
    'Google bietet das eingestellte Gemini-Modell nicht an. Wer mich betreibt, muss ein anderes wählen: `GEMINI_MODEL`.',
  'error.LIVE_SETUP_REFUSED': 'Gemini nimmt meine Einstellungen für ein Gespräch nicht an: {setting}',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini antwortet nicht. Versuch es in einer Minute noch einmal.',
  'error.LIVE_UNREACHABLE': 'Ich erreiche Gemini gerade nicht. Versuch es {wait} noch einmal.',
  'error.LIVE_QUOTA':
    'Das Kontingent meines Gemini-Schlüssels ist aufgebraucht. Vielleicht gibt es {wait} wieder etwas; wer mich betreibt, kann es erhöhen.',
  'error.LIVE_LOST':
    'Ich habe die Verbindung zu Gemini verloren und nicht wiederbekommen. Versuch es noch einmal mit `/join`.',
  'error.INTERNAL':
    'Bei mir ist etwas schiefgegangen. Versuch es noch einmal; passiert es wieder, sag dem Betreiber Bescheid.',
};
