import type { ILayoutRestorer } from '@jupyterlab/application';
import { CommandToolbarButton, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { refreshIcon, ToolbarButton } from '@jupyterlab/ui-components';

import { streamIcon } from '../../icon.js';
import { COPY_NAME, OPEN_TOPIC, TOPIC_ACTIONS } from '../commandids.js';
import type { Surroundings } from '../surroundings.js';
import type { TopicPlace } from '../topicplace.js';
import { TopicContent } from './topiccontent.js';
import { TopicModel } from './topicmodel.js';

type TopicWidget = MainAreaWidget<TopicContent>;

/** Opens topics in tabs, each once, and brings them back after a reload. */
export class TopicOpener {
  constructor(
    private readonly around: Surroundings,
    private readonly hasMainArea: boolean
  ) {}

  /** Bring back what was open. */
  restore(restorer: ILayoutRestorer): void {
    void restorer.restore(this.#tracker, {
      command: OPEN_TOPIC,
      args: ({ content }) => ({ ...content.model.place }),
      name: ({ content }) => idOf(content.model.place)
    });
  }

  /** Show a topic. */
  open(place: TopicPlace): void {
    const id = idOf(place);
    const open = this.#tracker.find(widget => widget.id === id);
    if (open === undefined) {
      this.#add(place, id);
    }
    this.around.app.shell.activateById(id);
  }

  #add(place: TopicPlace, id: string): void {
    const { app } = this.around;
    const widget = this.#make(place);
    widget.id = id;
    widget.title.label = place.topic;
    widget.title.caption = this.around.trans.__('Topic %1 on %2', place.topic, place.cluster);
    // Below the notebook of Notebook 7 icons have no size, and lie over the text.
    widget.title.icon = this.hasMainArea ? streamIcon : undefined;
    widget.title.closable = true;
    // The main area of Notebook 7 has room for the notebook only.
    app.shell.add(widget, this.hasMainArea ? 'main' : 'down', { type: 'Topic' });
    void this.#tracker.add(widget);
  }

  #make(place: TopicPlace): TopicWidget {
    const { api, settings } = this.around;
    const pause = (): number => 1000 * settings.values.refreshSeconds;
    const model = new TopicModel(place, api, pause);
    const widget = new MainAreaWidget({ content: new TopicContent(model, this.around) });
    widget.addClass('jp-StreamTopic-tab');
    this.#fillToolbar(widget, model);
    return widget;
  }

  #fillToolbar({ toolbar }: TopicWidget, model: TopicModel): void {
    const { trans, app } = this.around;
    const refresh = new ToolbarButton({
      icon: refreshIcon,
      tooltip: trans.__('Refresh'),
      onClick: () => {
        model.refresh();
      }
    });
    toolbar.addItem('refresh', refresh);
    for (const id of [COPY_NAME, ...TOPIC_ACTIONS]) {
      if (app.commands.hasCommand(id)) {
        const args = { ...model.place };
        toolbar.addItem(id, new CommandToolbarButton({ commands: app.commands, id, args }));
      }
    }
  }

  readonly #tracker = new WidgetTracker<TopicWidget>({ namespace: 'jupyter-stream-topics' });
}

function idOf({ cluster, topic }: TopicPlace): string {
  return `jupyter-stream-topic:${cluster}:${topic}`;
}
