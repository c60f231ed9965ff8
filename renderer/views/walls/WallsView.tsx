export function WallsView() {
  return null;
}
