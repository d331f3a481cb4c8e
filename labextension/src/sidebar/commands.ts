import { Clipboard, type ICommandPalette } from '@jupyterlab/apputils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { copyIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { streamIcon } from '../icon.js';
import * as ids from './commandids.js';
import type { TopicOpener } from './detail/opentopic.js';
import type { StreamPanel } from './panel.js';
import type { Surroundings } from './surroundings.js';
import type { TopicPlace } from './topicplace.js';

/** What commands are about. */
export interface CommandTargets {
  readonly around: Surroundings;
  readonly panel: StreamPanel;
  readonly opener: TopicOpener;
}

type Options = Readonly<Record<string, CommandRegistry.ICommandOptions>>;

/** Return the topic that a command is about: the one it was told, else the active one. */
export function placeIn(
  args: ReadonlyPartialJSONObject,
  active: TopicPlace | null
): TopicPlace | null {
  const { cluster, topic } = args;
  return typeof cluster === 'string' && typeof topic === 'string' ? { cluster, topic } : active;
}

/** Add the commands of the panel. */
export function addCommands(targets: CommandTargets): void {
  const { commands } = targets.around.app;
  const all = { ...panelCommands(targets), ...topicCommands(targets), ...brokerCommands(targets) };
  for (const [id, options] of Object.entries(all)) {
    commands.addCommand(id, options);
  }
}

/** Offer commands where commands are looked for: in the palette and in the menus of rows. */
export function offerCommands(
  app: JupyterFrontEnd,
  palette: ICommandPalette | null,
  category: string
): void {
  for (const command of Object.values(ids).flat()) {
    if (app.commands.hasCommand(command)) {
      palette?.addItem({ command, category });
    }
  }
  const ofTopics = [ids.OPEN_TOPIC, ...ids.TOPIC_ACTIONS, ids.TOGGLE_FAVOURITE, ids.COPY_NAME];
  ofTopics.forEach((command, rank) => {
    app.contextMenu.addItem({ command, selector: '.jp-StreamRow-topic', rank });
  });
}

function panelCommands(targets: CommandTargets): Options {
  const { around, panel } = targets;
  const { trans, settings } = around;
  return {
    [ids.SHOW]: {
      label: trans.__('Show Streams'),
      caption: trans.__('Show the panel of streams'),
      icon: streamIcon,
      execute: () => {
        show(targets);
      }
    },
    [ids.SHOW_JOBS]: {
      label: trans.__('Show Jobs'),
      caption: trans.__('Show the jobs of all notebooks'),
      icon: streamIcon,
      execute: () => {
        show(targets, 'jobs');
      }
    },
    [ids.REFRESH]: {
      label: trans.__('Refresh Topics'),
      icon: refreshIcon,
      execute: () => {
        panel.topics.model.refresh();
      }
    },
    [ids.FILTER]: {
      label: trans.__('Filter Topics'),
      execute: () => {
        show(targets, 'topics', () => {
          panel.topics.focusFilter();
        });
      }
    },
    [ids.NEXT_TOPIC]: {
      label: trans.__('Go to the Next Topic'),
      execute: () => {
        show(targets, 'topics', () => {
          panel.topics.step(1);
        });
      }
    },
    [ids.PREVIOUS_TOPIC]: {
      label: trans.__('Go to the Previous Topic'),
      execute: () => {
        show(targets, 'topics', () => {
          panel.topics.step(-1);
        });
      }
    },
    [ids.TOGGLE_INTERNAL]: {
      label: trans.__('Show Internal Topics'),
      isToggled: () => settings.values.showInternal,
      execute: () => settings.set('showInternal', !settings.values.showInternal)
    },
    [ids.TOGGLE_GROUPS]: {
      label: trans.__('Group Topics by Prefix'),
      isToggled: () => settings.values.groupByPrefix,
      execute: () => settings.set('groupByPrefix', !settings.values.groupByPrefix)
    }
  };
}

function topicCommands({ around, panel, opener }: CommandTargets): Options {
  const { trans } = around;
  const { tree, favourites } = panel.topics.model;
  const about =
    (run: (place: TopicPlace) => void) =>
    (args: ReadonlyPartialJSONObject): void => {
      const place = placeIn(args, tree.activeTopic);
      if (place !== null) {
        run(place);
      }
    };
  const hasTopic = (args: ReadonlyPartialJSONObject): boolean =>
    placeIn(args, tree.activeTopic) !== null;
  return {
    [ids.OPEN_TOPIC]: {
      label: trans.__('Open Topic'),
      icon: streamIcon,
      isEnabled: hasTopic,
      execute: about(place => {
        opener.open(place);
      })
    },
    [ids.TOGGLE_FAVOURITE]: {
      label: trans.__('Favourite Topic'),
      isEnabled: hasTopic,
      isToggled: args => favourites.has(placeIn(args, tree.activeTopic)?.topic ?? ''),
      execute: about(({ topic }) => {
        favourites.toggle(topic);
      })
    },
    [ids.COPY_NAME]: {
      label: trans.__('Copy Name of Topic'),
      icon: copyIcon,
      isEnabled: hasTopic,
      execute: about(({ topic }) => {
        Clipboard.copyToSystem(topic);
      })
    }
  };
}

/** The panel is shown with them, as it tells how they get on. */
function brokerCommands(targets: CommandTargets): Options {
  const { trans, clusters } = targets.around;
  return {
    [ids.START_BROKER]: {
      label: trans.__('Start the Local Broker'),
      execute: () => {
        show(targets);
        return clusters.start();
      }
    },
    [ids.STOP_BROKER]: {
      label: trans.__('Stop the Local Broker'),
      execute: () => {
        show(targets);
        return clusters.stop();
      }
    }
  };
}

/** Show a part of the panel, and give the focus to it, or to what shall have it. */
function show({ around: { app }, panel }: CommandTargets, section = 'topics', focus?: () => void) {
  panel.choose(section);
  app.shell.activateById(panel.id);
  afterPalette(() => {
    (focus ?? panel.focus)();
  });
}

/** When the palette closes, it activates the main area: who wants the focus takes it after that. */
function afterPalette(run: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(run);
  });
}
