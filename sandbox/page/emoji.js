const known = {
  rotating_light: '🚨', white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', warning: '⚠️', no_entry: '⛔',
  hourglass: '⌛', hourglass_flowing_sand: '⏳', large_green_circle: '🟢', large_yellow_circle: '🟡',
  large_orange_circle: '🟠', red_circle: '🔴', white_circle: '⚪', black_circle: '⚫', large_blue_circle: '🔵',
  arrow_right: '➡️', arrow_forward: '▶️', arrows_counterclockwise: '🔄', double_vertical_bar: '⏸️', black_square_for_stop: '⏹️',
  leftwards_arrow_with_hook: '↩️', fast_forward: '⏩', lock: '🔒', unlock: '🔓', key: '🔑', shield: '🛡️', fire: '🔥',
  fire_extinguisher: '🧯', memo: '📝', pushpin: '📌', bell: '🔔', no_bell: '🔕', mega: '📣', loudspeaker: '📢', eyes: '👀',
  wave: '👋', tada: '🎉', test_tube: '🧪', stopwatch: '⏱️', clock1: '🕐', alarm_clock: '⏰', information_source: 'ℹ️',
  question: '❓', grey_question: '❔', exclamation: '❗', heavy_minus_sign: '➖', globe_with_meridians: '🌐', bust_in_silhouette: '👤',
  busts_in_silhouette: '👥', bar_chart: '📊', link: '🔗', robot_face: '🤖', gear: '⚙️', checkered_flag: '🏁', thumbsup: '👍',
  raised_hand: '✋', hammer: '🔨', hammer_and_wrench: '🛠️', zap: '⚡', skull: '💀', construction: '🚧', ok: '🆗', heavy_multiplication_x: '✖️',
};

export const emoji = (name) => known[name];
