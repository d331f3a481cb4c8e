import type { TranslationBundle } from '@jupyterlab/translation';
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type RefObject
} from 'react';

import { useChanges } from '../state/usechanges.js';
import { rowsBetween, rowsOnPage, topsOf, type RowRange } from './layout.js';
import type { Row } from './rows.js';
import { GroupRowView, TopicRowView, type RowActions } from './rowview.js';
import { stepOf } from './stepping.js';
import type { TopicsModel } from './topicsmodel.js';

/** Scrolling has come to rest when nothing moved for so long, in milliseconds. */
const REST = 100;

interface Props {
  readonly model: TopicsModel;
  readonly actions: RowActions;
  readonly trans: TranslationBundle;
  /** Counts up when the active row shall get the focus. */
  readonly focusCount: number;
}

/** The tree of topics; only the rows that can be seen are on the page. */
export function TreeView({ model, actions, trans, focusCount }: Props): JSX.Element {
  const { tree, figures, favourites } = model;
  useChanges(tree);
  useChanges(figures);
  const rows = tree.rows;
  const tops = useMemo(() => topsOf(rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const range = useRange(scroller, tops);
  useWatched(model, rows, tops, scroller, range);
  const isFocused = useRef(false);
  const active = tree.active;
  useFocus(scroller, tops, rows, active, isFocused, focusCount);
  const { version } = figures;
  // Ages are as new as figures: rows that stay as they are are not drawn again while scrolling.
  const now = useMemo(() => Date.now() / 1000, [rows, version]);
  const view = (row: Row, index: number): JSX.Element => {
    const shared = { top: tops[index], isActive: row.key === active?.key, actions, trans };
    return row.kind === 'group' ? (
      <GroupRowView key={row.key} {...shared} row={row} />
    ) : (
      <TopicRowView
        key={row.key}
        {...shared}
        row={row}
        known={figures.of(row.topic.name)}
        isLiked={favourites.has(row.topic.name)}
        words={tree.words}
        now={now}
      />
    );
  };
  return (
    <div
      ref={scroller}
      className="jp-StreamTree"
      role="tree"
      aria-label={trans.__('Topics')}
      onFocus={() => {
        isFocused.current = true;
      }}
      onBlur={event => {
        isFocused.current = event.currentTarget.contains(event.relatedTarget);
      }}
      onKeyDown={event => {
        onKey(event, model, actions, tops);
      }}
    >
      <div className="jp-StreamTree-all" role="presentation" style={{ height: tops[rows.length] }}>
        {onPage(rows, range, active).map(index => view(rows[index], index))}
      </div>
    </div>
  );
}

/** The rows in sight, and the active one wherever it is: it may have the focus. */
function onPage(rows: readonly Row[], { first, end }: RowRange, active: Row | null): number[] {
  const indices: number[] = [];
  for (let index = first; index < Math.min(end, rows.length); index += 1) {
    indices.push(index);
  }
  const at = active === null ? -1 : rows.indexOf(active);
  if (at >= 0 && at < first) {
    indices.unshift(at);
  } else if (at >= end) {
    indices.push(at);
  }
  return indices;
}

/** Follow which rows have to be on the page. */
function useRange(scroller: RefObject<HTMLDivElement>, tops: Float64Array): RowRange {
  const [range, setRange] = useState<RowRange>({ first: 0, end: 0 });
  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null) {
      return;
    }
    const look = (): void => {
      const seen = rowsOnPage(tops, node.scrollTop, node.clientHeight);
      setRange(before => (before.first === seen.first && before.end === seen.end ? before : seen));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(node);
    node.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      node.removeEventListener('scroll', look);
    };
  }, [scroller, tops]);
  return range;
}

/** Ask for the figures of the topics in sight, as soon as scrolling rests. */
function useWatched(
  model: TopicsModel,
  rows: readonly Row[],
  tops: Float64Array,
  scroller: RefObject<HTMLDivElement>,
  range: RowRange
): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
      const { first, end } = rowsBetween(tops, scrollTop, scrollTop + clientHeight);
      const topics = rows
        .slice(first, end)
        .flatMap(row => (row.kind === 'topic' ? [row.topic.name] : []));
      model.figures.watch(model.listing.cluster, [...new Set(topics)]);
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [model, rows, tops, scroller, range]);
}

/** Bring the active row into sight when it changes by keys, and give it the focus. */
function useFocus(
  scroller: RefObject<HTMLDivElement>,
  tops: Float64Array,
  rows: readonly Row[],
  active: Row | null,
  isFocused: RefObject<boolean>,
  focusCount: number
): void {
  const lastCount = useRef(focusCount);
  useLayoutEffect(() => {
    const node = scroller.current;
    const isAsked = focusCount !== lastCount.current;
    lastCount.current = focusCount;
    if (node === null || active === null || !(isAsked || isFocused.current)) {
      return;
    }
    reveal(node, tops, rows.indexOf(active));
    node.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    // Only another active row, or being asked, moves anything: figures change all the time.
  }, [active?.key, focusCount]);
}

function reveal(node: HTMLElement, tops: Float64Array, index: number): void {
  const bottom = tops[index + 1] - node.clientHeight;
  node.scrollTop = Math.min(Math.max(node.scrollTop, bottom), tops[index]);
}

function onKey(
  event: KeyboardEvent<HTMLElement>,
  { tree }: TopicsModel,
  actions: RowActions,
  tops: Float64Array
): void {
  const active = tree.active;
  if (active === null || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const height = event.currentTarget.clientHeight;
  const perPage = Math.max(1, Math.floor((height * tree.rows.length) / tops[tree.rows.length]) - 1);
  const step = stepOf(event.key, tree.rows, active, perPage);
  if (step?.kind === 'move') {
    tree.activate(step.key);
  } else if (step?.kind === 'open') {
    tree.setOpen(step.key, step.isOpen);
  } else if (event.key === 'Enter' || event.key === ' ') {
    actions.open(active);
  } else if (event.key.toLowerCase() === 'f' && active.kind === 'topic') {
    actions.like(active);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
