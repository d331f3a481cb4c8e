import type { TranslationBundle } from '@jupyterlab/translation';

/** What the server says while the local broker starts or stops: a step, and how far it is. */
const STEP = /^(?<step>.*?)(?<share> \(\d+ %\))?$/;
const VERSION = /^Starting Kafka (?<version>\S+)$/;

/** Put into the user's language what is being done with the local broker. */
export function progressText(told: string, trans: TranslationBundle): string {
  const { step = told, share = '' } = STEP.exec(told)?.groups ?? {};
  return `${stepText(step, trans)}${share} …`;
}

function stepText(step: string, trans: TranslationBundle): string {
  const version = VERSION.exec(step)?.groups?.version;
  if (version !== undefined) {
    return trans.__('Starting Kafka %1', version);
  }
  const texts: Readonly<Record<string, string>> = {
    'starting the local broker': trans.__('Starting the local broker'),
    'stopping the local broker': trans.__('Stopping the local broker'),
    'Maven fetches Kafka': trans.__('Maven fetches Kafka'),
    'Downloading Kafka': trans.__('Downloading Kafka')
  };
  return texts[step] ?? step;
}
