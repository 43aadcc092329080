// Lines of small charts, as SVG takes them. Nothing here touches the page.

/** Of the grid that the lines are drawn on. */
export const WIDTH = 120;
export const HEIGHT = 36;

/** Points of values over time, on an axis from the least to the most. */
export function points(values, [least, most], width = WIDTH, height = HEIGHT) {
  return values.map((value, index) => {
    const x = (index / (values.length - 1)) * width;
    const y = height - ((value - least) / (most - least)) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
}

/** A line through values. */
export function line(values, axis) {
  return `M${points(values, axis).join("L")}`;
}

/** The area between two lines. */
export function area(low, high, axis) {
  return `M${points(high, axis).join("L")}L${points(low, axis).reverse().join("L")}Z`;
}
