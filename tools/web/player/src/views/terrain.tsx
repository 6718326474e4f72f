// The door's ornament: contour lines of a hill, as a chart would draw them.
const kRings = [1, 0.82, 0.66, 0.51, 0.37, 0.24, 0.12];

export function Terrain() {
  return (
    <svg class="terrain" viewBox="0 0 1000 1000" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      {kRings.map((scale, index) => <path key={scale} class={index % 3 === 0 ? 'contour strong' : 'contour'} d={ring(scale)} />)}
    </svg>
  );
}

// A closed curve that is a circle bent by three waves, the same ones for each height, so that no two contours cross.
function ring(scale: number): string {
  const points: string[] = [];
  for (let step = 0; step <= 120; step++) {
    const angle = (step / 120) * 2 * Math.PI;
    const bend = 1 + 0.16 * Math.sin(2 * angle + 0.7) + 0.09 * Math.sin(3 * angle + 2.1) + 0.05 * Math.cos(5 * angle);
    const radius = 640 * scale * bend;
    const x = 655 - (1 - scale) * 30 + radius * Math.cos(angle) * 1.12;
    const y = 355 + (1 - scale) * 18 + radius * Math.sin(angle) * 0.86;
    points.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  return `M${points.join('L')}Z`;
}
