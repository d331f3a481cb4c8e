import type { TranslationBundle } from '@jupyterlab/translation';
import {
  type JSX,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState
} from 'react';

import { type ColumnName, NUMBERS, TRACKS } from './columns.js';
import type { Previews } from './previews.js';
import { Row } from './row.js';
import type { Rows } from './rows.js';
import { NEAR, rangeOf, ROW, rowAfter, scrollFor } from './scrolling.js';
import { useLookedAt } from './uselookedat.js';
import { columnTitle } from './wording.js';

interface GridProps {
  readonly rows: Rows;
  readonly columns: readonly ColumnName[];
  readonly previews: Previews;
  readonly sought: string;
  /** The serial of the row that is chosen. */
  readonly selected: number | null;
  /** Shown above and below the rows while there is something to say of an end. */
  readonly above: ReactNode;
  readonly below: ReactNode;
  /** Whether the top stays in view while rows come there. */
  readonly isFollowing: boolean;
  readonly trans: TranslationBundle;
  readonly onSelect: (serial: number) => void;
  readonly onOpen: (serial: number) => void;
  readonly onNearTop: () => void;
  readonly onNearBottom: () => void;
  /** Called when the user scrolls away from the top. */
  readonly onAway: () => void;
  /** Called with the first row in view when it is another one. */
  readonly onTop: (row: number) => void;
}

/** Records as the rows of a table, of which only those in view are made. */
export function Grid(props: GridProps): JSX.Element {
  const { rows, columns, selected, trans, isFollowing } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const view = useView(scroller);
  const above = props.above === null ? 0 : ROW;
  useAnchor(scroller, rows, above, isFollowing);
  const { start, end } = rangeOf(view.top, view.height, above, rows.length);
  const inView = range(start, end);
  const records = inView.map(row => rows.at(row));
  useLookedAt(props.previews, columns.includes('picture') ? records : []);
  useNear(props, start, end);
  const chosen = selected === null ? -1 : rows.rowOf(selected);
  const isMade = chosen >= start && chosen < end;

  const choose = (row: number): void => {
    const element = scroller.current;
    if (element !== null && rows.length > 0) {
      element.scrollTop = scrollFor(row, element.scrollTop, element.clientHeight, above);
      props.onSelect(rows.serialOf(row));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = selected === null ? -1 : rows.rowOf(selected);
    const page = Math.max(1, Math.floor(view.height / ROW) - 2);
    const next = rowAfter(event.key, at, rows.length, page);
    if (next !== null) {
      event.preventDefault();
      choose(next);
    } else if (event.key === 'Enter' && selected !== null) {
      props.onOpen(selected);
    }
  };
  const onScroll = (): void => {
    const top = scroller.current?.scrollTop ?? 0;
    view.update();
    props.onTop(Math.max(0, Math.floor((top - above) / ROW)));
    if (isFollowing && top > ROW / 2) {
      props.onAway();
    }
  };
  const onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-serial]');
    if (row !== null) {
      props.onOpen(Number(row.dataset.serial));
    }
  };

  const tracks = columns.map(column => TRACKS[column]);
  return (
    <div
      ref={scroller}
      role="grid"
      className="jp-StreamRecords-grid"
      tabIndex={0}
      aria-label={trans.__('Records')}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={isMade ? `${id}${selected}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        className="jp-StreamRecords-table"
        style={
          {
            '--jp-stream-tracks': tracks.map(([track]) => track).join(' '),
            minWidth: tracks.reduce((sum, [, least]) => sum + least, 0)
          } as React.CSSProperties
        }
      >
        <Head columns={columns} trans={trans} />
        {props.above}
        <div
          role="rowgroup"
          className="jp-StreamRecords-rows"
          style={{ height: rows.length * ROW }}
          onClick={onClick}
        >
          {inView.map((row, index) => {
            const record = records[index];
            const serial = rows.serialOf(row);
            return record === undefined ? null : (
              <Row
                key={`${rows.generation}/${serial}`}
                id={`${id}${serial}`}
                number={row + 2}
                top={row * ROW}
                serial={serial}
                columns={columns}
                isSelected={serial === selected}
                record={record}
                sought={props.sought}
                preview={props.previews.of(record)}
                trans={trans}
              />
            );
          })}
        </div>
        {props.below}
      </div>
    </div>
  );
}

interface HeadProps {
  readonly columns: readonly ColumnName[];
  readonly trans: TranslationBundle;
}

function Head({ columns, trans }: HeadProps): JSX.Element {
  return (
    <div role="row" aria-rowindex={1} className="jp-StreamRecords-head">
      {columns.map((column, index) => (
        <div
          key={column}
          role="columnheader"
          aria-colindex={index + 1}
          className={NUMBERS.has(column) ? 'jp-mod-number' : undefined}
        >
          {columnTitle(column, trans)}
        </div>
      ))}
    </div>
  );
}

interface View {
  readonly top: number;
  readonly height: number;
  readonly update: () => void;
}

/** Follow which part of a scrolled element is in view. */
function useView(scroller: React.RefObject<HTMLDivElement>): View {
  const [{ top, height }, setView] = useState({ top: 0, height: 0 });
  const update = (): void => {
    const element = scroller.current;
    if (element !== null) {
      setView({ top: element.scrollTop, height: element.clientHeight });
    }
  };
  useEffect(() => {
    const sizes = new ResizeObserver(update);
    if (scroller.current !== null) {
      sizes.observe(scroller.current);
    }
    return () => {
      sizes.disconnect();
    };
  }, []);
  return { top, height, update };
}

interface Anchor {
  readonly generation: number;
  readonly serial: number;
  /** How far its top is from the top of the view. */
  readonly distance: number;
}

/** Keep the row at the top where it is when rows come or go above it. */
function useAnchor(
  scroller: React.RefObject<HTMLDivElement>,
  rows: Rows,
  above: number,
  isFollowing: boolean
): void {
  const anchor = useRef<Anchor | null>(null);
  const latest = useRef({ rows, above });
  latest.current = { rows, above };
  useLayoutEffect(() => {
    const element = scroller.current;
    const kept = anchor.current;
    if (element !== null) {
      if (isFollowing || kept?.generation !== rows.generation) {
        element.scrollTop = isFollowing ? 0 : kept === null ? element.scrollTop : 0;
      } else {
        element.scrollTop = above + rows.rowOf(kept.serial) * ROW - kept.distance;
      }
      anchor.current = anchorAt(element.scrollTop, rows, above);
    }
  }, [rows.generation, rows.length, rows.length === 0 ? 0 : rows.serialOf(0), above, isFollowing]);
  useEffect(() => {
    const element = scroller.current;
    const remember = (): void => {
      if (element !== null) {
        const { rows, above } = latest.current;
        anchor.current = anchorAt(element.scrollTop, rows, above);
      }
    };
    element?.addEventListener('scroll', remember);
    return () => {
      element?.removeEventListener('scroll', remember);
    };
  }, []);
}

function anchorAt(scrollTop: number, rows: Rows, above: number): Anchor {
  const row = Math.max(0, Math.min(Math.floor((scrollTop - above) / ROW), rows.length - 1));
  return {
    generation: rows.generation,
    serial: rows.serialOf(row),
    distance: above + row * ROW - scrollTop
  };
}

/** Ask for more where an end of the list comes near. */
function useNear({ rows, onNearTop, onNearBottom }: GridProps, start: number, end: number): void {
  const { length } = rows;
  useEffect(() => {
    if (length > 0 && end >= length - NEAR) {
      onNearBottom();
    }
    if (length > 0 && start <= NEAR) {
      onNearTop();
    }
  }, [rows.generation, length, start, end]);
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
