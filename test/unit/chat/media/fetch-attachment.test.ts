import { expect, test } from 'vitest';
import { allowedAddress, createFetchAttachment } from '../../../../src/chat/media/fetch-attachment.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';

const path = 'attachments/1/2/voice-message.ogg?ex=66&is=65&hm=ab&';
const ours = [
  `https://cdn.discordapp.com/${path}`,
  `https://media.discordapp.net/${path}`,
  `https://CDN.DISCORDAPP.COM:443/${path}`,
];
const foreign = [
  `http://cdn.discordapp.com/${path}`,
  `https://cdn.discordapp.com:8443/${path}`,
  `https://cdn.discordapp.com.evil.example/${path}`,
  `https://cdn.discordapp.com./${path}`,
  `https://evil.cdn.discordapp.com/${path}`,
  `https://cdn-discordapp.com/${path}`,
  `https://cdn.dіscordapp.com/${path}`,
  `https://cdn.discordapp.com@evil.example/${path}`,
  `https://evil.example\\@cdn.discordapp.com/${path}`,
  `https://evil.example/#@cdn.discordapp.com/${path}`,
  `https://evil.example/?https://cdn.discordapp.com/${path}`,
  `https://user@cdn.discordapp.com/${path}`,
  `https://user:secret@cdn.discordapp.com/${path}`,
  'https://discord.com/api/v10/users/@me',
  'https://127.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::1]:8080/api',
  'http://localhost:8080/api',
  'file:///etc/passwd',
  'data:audio/ogg;base64,T2dnUw==',
  'cdn.discordapp.com/attachments',
  '//cdn.discordapp.com/attachments',
  '',
];

test.each(ours)('%s is an address of Discord', (url) => {
  expect(allowedAddress(url, null)?.pathname).toBe('/attachments/1/2/voice-message.ogg');
});

test.each(foreign)('%s is none, and nobody is called', async (url) => {
  for (const apiUrl of [null, 'https://proxy.example/api', 'http://127.0.0.1:8080/api']) {
    const fetchAttachment = createFetchAttachment({ clock: createFakeClock(), apiUrl });
    expect(await fetchAttachment({ url, mostBytes: 10 })).toEqual({ ok: false, reason: 'forbiddenHost' });
  }
});

test('a host that stands in for Discord is allowed by its scheme, name and port, and no other', () => {
  const apiOrigin = 'http://127.0.0.1:8080';
  expect(allowedAddress('http://127.0.0.1:8080/attachments/a', apiOrigin)?.port).toBe('8080');
  for (const url of [
    'http://127.0.0.1:8081/a',
    'http://127.0.0.1/a',
    'https://127.0.0.1:8080/a',
    'http://localhost:8080/a',
    'http://me@127.0.0.1:8080/a',
  ]) {
    expect(allowedAddress(url, apiOrigin), url).toBeNull();
  }
  // With a stand-in for the API, what is posted may still lie at Discord's.
  expect(allowedAddress(ours[0] ?? '', apiOrigin)).not.toBeNull();
});
