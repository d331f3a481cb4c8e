import { Button, caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, type JSX, type MouseEvent } from 'react';

import { starFilledIcon, starIcon } from '../icons.js';
import { factsOf, rateText } from './facts.js';
import type { KnownFigures } from './figures.js';
import { piecesOf } from './matching.js';
import { ratePath } from './ratehistory.js';
import type { GroupRow, Row, TopicRow } from './rows.js';

/** The size of the line of rates, in pixels. */
const WIDTH = 44;
const HEIGHT = 14;

/** What a row can be made to do. */
export interface RowActions {
  readonly press: (row: Row, event: MouseEvent<HTMLElement>) => void;
  readonly open: (row: Row) => void;
  readonly like: (row: TopicRow) => void;
}

interface Props {
  readonly top: number;
  readonly isActive: boolean;
  readonly actions: RowActions;
  readonly trans: TranslationBundle;
}

interface GroupProps extends Props {
  readonly row: GroupRow;
}

interface TopicProps extends Props {
  readonly row: TopicRow;
  readonly known: KnownFigures | null;
  readonly isLiked: boolean;
  readonly words: readonly string[];
  /** In seconds since the epoch. */
  readonly now: number;
}

/** Return what a screen reader tells of where a row is in the tree. */
function placeOf(row: Row, { top, isActive, actions }: Props): JSX.IntrinsicElements['div'] {
  return {
    role: 'treeitem',
    tabIndex: isActive ? 0 : -1,
    'aria-level': row.level,
    'aria-setsize': row.siblings,
    'aria-posinset': row.position,
    'aria-selected': isActive,
    style: { top, paddingLeft: 8 + 14 * (row.level - 1) },
    onMouseDown: event => {
      actions.press(row, event);
    }
  };
}

/** A group, which opens and closes. */
export const GroupRowView = memo(function GroupRowView(props: GroupProps): JSX.Element {
  const { row, actions, trans } = props;
  const Caret = row.isOpen ? caretDownIcon : caretRightIcon;
  return (
    <div
      {...placeOf(row, props)}
      className="jp-StreamRow jp-StreamRow-group"
      data-key={row.key}
      aria-expanded={row.isOpen}
      aria-label={trans._n('%2, %1 topic', '%2, %1 topics', row.count, row.label)}
      onClick={() => {
        actions.open(row);
      }}
    >
      <Caret.react tag="span" className="jp-StreamRow-caret" aria-hidden="true" />
      <span className="jp-StreamRow-label">{row.label}</span>
      <span className="jp-StreamRow-count">{row.count}</span>
    </div>
  );
});

/** A topic: its name, how much is in it, and how fast it grows. */
export const TopicRowView = memo(function TopicRowView(props: TopicProps): JSX.Element {
  const { row, known, isLiked, words, now, actions, trans } = props;
  const facts = factsOf(row.topic, known, now, trans);
  const told = facts.map(({ title }) => title).join(', ');
  return (
    <div
      {...placeOf(row, props)}
      className="jp-StreamRow jp-StreamRow-topic"
      data-key={row.key}
      data-topic={row.topic.name}
      aria-label={`${row.topic.name}, ${told}${isLiked ? `, ${trans.__('favourite')}` : ''}`}
      onDoubleClick={() => {
        actions.open(row);
      }}
    >
      <span className="jp-StreamRow-first">
        <span className="jp-StreamRow-label" title={row.topic.name}>
          {piecesOf(row.label, words).map(({ text, isMatch }, index) =>
            isMatch ? <mark key={index}>{text}</mark> : text
          )}
        </span>
        <Star {...{ row, isLiked, actions, trans }} />
      </span>
      <span className="jp-StreamRow-second">
        <span className="jp-StreamRow-facts">
          {facts.map(({ id, text, title }) => (
            <span key={id} className={`jp-StreamRow-fact jp-StreamRow-${id}`} title={title}>
              {text}
            </span>
          ))}
        </span>
        <RateLine known={known} trans={trans} />
        <span className="jp-StreamRow-rate" data-idle={known?.history.rate === 0}>
          {rateText(known)}
        </span>
      </span>
    </div>
  );
});

type StarProps = Pick<TopicProps, 'row' | 'isLiked' | 'actions' | 'trans'>;

function Star({ row, isLiked, actions, trans }: StarProps): JSX.Element {
  const Icon = isLiked ? starFilledIcon : starIcon;
  const label = isLiked ? trans.__('No favourite any more (F)') : trans.__('Make a favourite (F)');
  return (
    <Button
      type="button"
      minimal
      tabIndex={-1}
      className={`jp-StreamRow-star${isLiked ? ' jp-mod-liked' : ''}`}
      title={label}
      aria-label={label}
      aria-pressed={isLiked}
      onMouseDown={event => {
        event.stopPropagation();
      }}
      onClick={event => {
        event.stopPropagation();
        actions.like(row);
      }}
    >
      <Icon.react tag="span" aria-hidden="true" />
    </Button>
  );
}

type RateProps = Pick<TopicProps, 'known' | 'trans'>;

function RateLine({ known, trans }: RateProps): JSX.Element {
  const moments = known?.history.moments ?? [];
  const largest = Math.max(0, ...moments.map(({ rate }) => rate));
  const label = trans.__('Records a second in the last minute, at most %1', largest.toFixed(1));
  return (
    <svg className="jp-StreamRow-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{label}</title>
      <path d={ratePath(moments, WIDTH, HEIGHT)} data-flat={largest === 0} />
    </svg>
  );
}
