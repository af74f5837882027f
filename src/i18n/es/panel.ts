import type { panel as en } from '../en/panel.ts';

export const panel: Readonly<Record<keyof typeof en, string>> = {
  'panel.listening': '🎙️ **Parley está escuchando en {channel}.**',
  'panel.recovering': '🔄 **Parley se está reconectando en {channel}.** Hasta que vuelva no tendréis respuesta.',
  'panel.muted':
    '🔇 **Parley está escuchando en {channel}**, pero la moderación me ha silenciado: nadie oye mis respuestas.',
  'panel.deafened': '🙉 **Parley no oye a nadie en {channel}**: la moderación me ha ensordecido.',
  'panel.inAudience':
    '🖐️ **Parley está escuchando en {channel}**, pero nadie oye mis respuestas hasta que la moderación me dé la palabra.',
  'panel.over': '⏹️ **Parley ya no escucha.** Esta conversación ha terminado. Llámame de nuevo con `/join`.',
  'panel.moved': '⏹️ **Parley ya no escucha aquí.** Ahora estoy en {channel}.',
  'panel.consent':
    'Se oye a todo el que hable aquí. Descifro lo que decís y lo envío a la API Gemini Live de Google, cuyas respuestas digo en voz alta. No guardo ningún audio.\n' +
    '¿No quieres que te oiga? Usa `/privacy opt-out`, silencia tu micrófono o sal del canal. Cualquiera que esté en el canal puede despedirme con `/leave`.',
  'panel.heard': '**Oigo a:** {people}',
  'panel.heardMore': '**Oigo a:** {people} y {count} más',
  'panel.heardNobody': 'Aquí no hay nadie a quien pueda oír.',
  'panel.unheard': '-# No oigo a: {count} (otros bots y quien haya elegido `/privacy opt-out`)',
  'panel.voices': '-# Mi voz; las {count} están en `/voice`:',
  'panel.voice': 'Voz',
  'panel.stop': 'Parar',
  'panel.leave': 'Salir',
  'panel.old': 'Estos botones son de una conversación que ya terminó. Ahora estoy en {channel}, con botones nuevos.',
};
