/** The names that a bot of this kind uses. Any other is shown as it was written, as Slack does with an unknown name. */
const characters: Readonly<Record<string, string>> = {
  alarm_clock: "⏰",
  arrow_right: "➡️",
  arrows_counterclockwise: "🔄",
  bell: "🔔",
  bust_in_silhouette: "👤",
  busts_in_silhouette: "👥",
  calendar: "📆",
  closed_lock_with_key: "🔐",
  computer: "💻",
  desktop_computer: "🖥️",
  eyes: "👀",
  globe_with_meridians: "🌐",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  information_source: "ℹ️",
  key: "🔑",
  lock: "🔒",
  memo: "📝",
  no_entry: "⛔",
  question: "❓",
  red_circle: "🔴",
  rotating_light: "🚨",
  shield: "🛡️",
  spiral_calendar_pad: "🗓️",
  stopwatch: "⏱️",
  unlock: "🔓",
  warning: "⚠️",
  wave: "👋",
  white_check_mark: "✅",
  x: "❌",
};

export const emojiOf = (name: string): string => characters[name] ?? `:${name}:`;

/** `plain_text` with `emoji: true` turns names into characters too. */
export const withEmoji = (text: string): string => text.replaceAll(/:([a-z0-9_+-]+):/g, (_, name: string) => emojiOf(name));
