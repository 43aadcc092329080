// The colours of a theme, as the server gives them.

/**
 * By the names of their CSS properties.
 * @param {string} theme  "--plan: #003F8A; ..."
 * @returns {Map<string, string>}
 */
export function coloursOf(theme) {
  return new Map([...theme.matchAll(/(--[\w-]+): ([^;]+);/g)].map((part) => [part[1], part[2]]));
}
