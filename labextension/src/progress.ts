import { type Card, rests } from './card.js';
import { formatBytes, formatCount, formatCounted, formatDuration } from './format.js';

/** How far an upload or a download has come, ready to be shown. */
export interface Progress {
  /** From 0 to 1; null while the whole is unknown. */
  readonly share: number | null;
  /** What is done: 3 of 8 files, 1.2 of 4.0 GB. */
  readonly done: string;
  /** How much of the whole that is, and how long the rest takes. */
  readonly outlook: string;
}

/** Say how far the job of a card has come. */
export function progressOf(card: Card): Progress {
  const done = `${files(card)}, ${content(card)}`;
  if (isUpToDate(card)) {
    return { share: 1, done, outlook: 'up to date' };
  }
  const share = shareOf(card);
  return { share, done, outlook: outlook(card, share) };
}

/** Whether a job that goes on has nothing left to do at the moment. */
function isUpToDate(card: Card): boolean {
  if (card.state !== 'running') {
    return false;
  }
  return card.contentBytesTotal === null ? card.lag === 0 : card.secondsLeft === 0;
}

/** Of the bytes; or of the files, where all of these are empty. */
function shareOf(card: Card): number | null {
  const { contentBytesTotal, filesTotal } = card;
  if (contentBytesTotal === null) {
    return null;
  }
  const [done, total] =
    contentBytesTotal > 0 ? [card.contentBytes, contentBytesTotal] : [card.files, filesTotal ?? 0];
  return total > 0 ? Math.min(1, done / total) : null;
}

function files(card: Card): string {
  return card.filesTotal === null
    ? formatCounted(card.files, 'file', 'files')
    : `${formatCount(card.files)} of ${formatCounted(card.filesTotal, 'file', 'files')}`;
}

function content(card: Card): string {
  const done = formatBytes(card.contentBytes);
  const { contentBytesTotal: total } = card;
  return total === null ? done : `${done} of ${formatBytes(total)}`;
}

function outlook(card: Card, share: number | null): string {
  const parts: string[] = [];
  if (share !== null) {
    // What is almost done is not done.
    parts.push(`${Math.floor(share * 100)}\u00a0%`);
  }
  if (card.secondsLeft !== null && card.secondsLeft > 0 && !rests(card.state)) {
    parts.push(`${formatDuration(card.secondsLeft)} left`);
  }
  return parts.join(', ');
}
