import { credentialSettings } from "./credential-settings.ts";
import { ledgerSettings } from "./ledger-settings.ts";
import { processSettings } from "./process-settings.ts";
import { requestSettings } from "./request-settings.ts";
import { rightsSettings } from "./rights-settings.ts";
import { sailpointSettings } from "./sailpoint-settings.ts";
import type { Setting } from "./setting.ts";
import { slackSettings } from "./slack-settings.ts";
import { zpaSettings } from "./zpa-settings.ts";

/** Every setting of Portcullis, section by section in the order of the docs. Adding one starts in its section. */
export const SETTINGS = {
  ...slackSettings,
  ...rightsSettings,
  ...zpaSettings,
  ...sailpointSettings,
  ...requestSettings,
  ...credentialSettings,
  ...ledgerSettings,
  ...processSettings,
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof SETTINGS;

/** What each setting means once it is parsed. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

export const settingNames = Object.keys(SETTINGS).filter((name): name is SettingName => name in SETTINGS);
