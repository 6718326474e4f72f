import '@fontsource-variable/bricolage-grotesque/index.css';
import 'leaflet/dist/leaflet.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/map.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
