import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { TopicSetting } from '../api/topics.js';
import { meaningOf } from './settingvalue.js';
import type { Subtab } from './subtab.js';
import { TopicPage, type PageProps } from './topicpage.js';

/** The settings of a topic. */
export const settingsSubtab: Subtab = {
  id: 'settings',
  label: trans => trans.__('Settings'),
  make: (topic, { trans }) => new TopicPage(topic, trans, Settings)
};

/** Those that somebody set come first. */
function Settings({ detail, trans }: PageProps): JSX.Element {
  const sorted = [...detail.settings].sort(
    (one, other) =>
      Number(one.is_default) - Number(other.is_default) || one.name.localeCompare(other.name, 'en')
  );
  return (
    <table className="jp-StreamTable jp-StreamTable-texts">
      <thead>
        <tr>
          <th scope="col">{trans.__('Setting')}</th>
          <th scope="col">{trans.__('Value')}</th>
          <th scope="col">{trans.__('Meaning')}</th>
          <th scope="col">{trans.__('Origin')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(setting => (
          <SettingRow key={setting.name} setting={setting} trans={trans} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly setting: TopicSetting;
  readonly trans: TranslationBundle;
}

function SettingRow({ setting, trans }: RowProps): JSX.Element {
  const { name, value, is_default: isDefault } = setting;
  return (
    <tr className={isDefault ? 'jp-mod-default' : undefined}>
      <th scope="row">{name}</th>
      <td className="jp-StreamTable-code">{value ?? trans.__('(secret)')}</td>
      <td>{meaningOf(name, value)}</td>
      <td>
        {isDefault ? (
          trans.__('default')
        ) : (
          <span className="jp-StreamBadge">{trans.__('set for this topic')}</span>
        )}
      </td>
    </tr>
  );
}
