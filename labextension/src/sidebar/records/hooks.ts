import { useEffect, useRef, useState } from 'react';

import type { Memory } from '../state/memory.js';
import type { RecordsApi } from './asking.js';
import { type ColumnName, columnsIn, SHOWN_AT_FIRST } from './columns.js';

const KEPT_COLUMNS = 'records:columns';

/** The columns that are shown; a choice is kept over reloads. */
export function useColumns(
  memory: Memory
): readonly [readonly ColumnName[], (columns: readonly ColumnName[]) => void] {
  const [columns, setColumns] = useState(SHOWN_AT_FIRST);
  useEffect(() => {
    void memory.recall(KEPT_COLUMNS).then(kept => {
      setColumns(columnsIn(kept));
    });
  }, [memory]);
  const choose = (chosen: readonly ColumnName[]): void => {
    setColumns(chosen);
    memory.keep(KEPT_COLUMNS, [...chosen]);
  };
  return [columns, choose];
}

/** The numbers of a topic's partitions; none while they are not known. */
export function usePartitions(api: RecordsApi, cluster: string, topic: string): readonly number[] {
  const [partitions, setPartitions] = useState<readonly number[]>([]);
  useEffect(() => {
    const control = new AbortController();
    api.topic(cluster, topic, control.signal).then(
      detail => {
        setPartitions(detail.partitions.map(({ partition }) => partition));
      },
      // What is wrong is told where the records would be.
      () => {
        setPartitions([]);
      }
    );
    return () => {
      control.abort();
    };
  }, [api, cluster, topic]);
  return partitions;
}

/** Something that is made once and given up with the component. */
export function useOwned<Thing>(make: () => Thing, giveUp: (thing: Thing) => void): Thing {
  const thing = useRef<Thing | null>(null);
  thing.current ??= make();
  const { current } = thing;
  useEffect(
    () => () => {
      giveUp(current);
    },
    [current]
  );
  return current;
}
