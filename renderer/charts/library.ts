/** The parts of Chart.js that are used, registered once. */
import {
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { Flow, SankeyController } from "chartjs-chart-sankey";
import annotation from "chartjs-plugin-annotation";
import { endLabels } from "./endLabels.ts";
import { flowLabels } from "./flowLabels.ts";

Chart.register(
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  SankeyController,
  Flow,
  annotation,
  endLabels,
  flowLabels,
);
Chart.defaults.font.family = '"Source Sans 3 Variable", "Segoe UI", system-ui, sans-serif';
Chart.defaults.font.size = 13;
Chart.defaults.animation = false;

export { Chart };
