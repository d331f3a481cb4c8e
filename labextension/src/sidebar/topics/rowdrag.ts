import type { TopicPlace } from '../topicplace.js';

/** Begins to drag a topic from a place on the page, in pixels. */
export type TopicDrag = (place: TopicPlace, x: number, y: number, row: HTMLElement) => void;

/** So far the pointer moves before it is a drag, in pixels. */
const FAR = 5;

let drag: TopicDrag | null = null;

/** Say what dragging a topic does. */
export function setTopicDrag(begin: TopicDrag): void {
  drag = begin;
}

/** Watch the pointer after the button went down on a row; let go before it is far, it is a click. */
export function watchForDrag(place: TopicPlace, start: MouseEvent, row: HTMLElement): void {
  const control = new AbortController();
  const { signal } = control;
  const onMove = (event: MouseEvent): void => {
    const isFar = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > FAR;
    if (isFar) {
      control.abort();
      drag?.(place, event.clientX, event.clientY, row);
    }
  };
  document.addEventListener('mousemove', onMove, { signal });
  document.addEventListener(
    'mouseup',
    () => {
      control.abort();
    },
    { signal }
  );
}
