/** Hosts the probe until this process is killed; says which process the probe is. */
import { startHost } from './hosted.ts';

const it = await startHost({ probe: JSON.parse(process.argv[2] ?? '{}') });
while (it.host.tools().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write(`${JSON.stringify(await it.ask('probe__identity'))}\n`);
if (process.argv[3] === 'exit') process.exit(1);
