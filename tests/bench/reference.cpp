// The reference that the kernel is measured against: the same amount of work in C++ vectorised by hand, AVX2 and FMA, four
// draws per vector. A chain has 8 states and 120 monthly cycles, every move possible, other chances from the years 1 and 3
// on, inflow in the first three years, a discounted year's occupancy per state, and nine payers' costs of it.
//
// Prints nanoseconds of processor per chain and cycle.
#include <immintrin.h>

#include <cstdio>
#include <ctime>

constexpr int STATES = 8, MONTHS = 12, YEARS = 10, MATRICES = 3, PAYERS = 9, LANES = 4, CHAINS = 20'000;

using Row = double[LANES];

// Chances per cycle before the draw's multiplier of each state, prices, and discount factors.
static double base[MATRICES][STATES][STATES], prices[PAYERS][STATES], discount[YEARS * MONTHS];

alignas(64) static Row multiplier[STATES], inflow[STATES], chances[MATRICES][STATES][STATES];
alignas(64) static Row history[MONTHS][STATES], occupancy[YEARS][STATES], costs[YEARS][PAYERS];

static __m256d at(const Row &row) { return _mm256_load_pd(row); }

__attribute__((noinline)) static void assemble() {
  for (int matrix = 0; matrix < MATRICES; matrix++)
    for (int from = 0; from < STATES; from++) {
      __m256d rest = _mm256_set1_pd(1);
      for (int to = 0; to < STATES; to++) {
        if (to == from) continue;
        const __m256d chance = _mm256_mul_pd(at(multiplier[from]), _mm256_set1_pd(base[matrix][from][to]));
        _mm256_store_pd(chances[matrix][from][to], chance);
        rest = _mm256_sub_pd(rest, chance);
      }
      _mm256_store_pd(chances[matrix][from][from], rest);
    }
}

__attribute__((noinline)) static void follow(int year, Row *state) {
  const Row(*matrix)[STATES] = chances[year == 0 ? 0 : year < 3 ? 1 : 2];
  __m256d now[STATES], next[STATES];
  for (int to = 0; to < STATES; to++) now[to] = at(state[to]);
  for (int month = 0; month < MONTHS; month++) {
    for (int to = 0; to < STATES; to++) _mm256_store_pd(history[month][to], now[to]);
#pragma GCC unroll 8
    for (int to = 0; to < STATES; to++) next[to] = _mm256_mul_pd(now[0], at(matrix[0][to]));
#pragma GCC unroll 8
    for (int from = 1; from < STATES; from++) {
#pragma GCC unroll 8
      for (int to = 0; to < STATES; to++) next[to] = _mm256_fmadd_pd(now[from], at(matrix[from][to]), next[to]);
    }
    if (year < 3)
      for (int to = 0; to < STATES; to++) next[to] = _mm256_add_pd(next[to], at(inflow[to]));
#pragma GCC unroll 8
    for (int to = 0; to < STATES; to++) now[to] = next[to];
  }
  for (int to = 0; to < STATES; to++) {
    __m256d sum = _mm256_setzero_pd();
    for (int month = 0; month < MONTHS; month++)
      sum = _mm256_fmadd_pd(_mm256_set1_pd(discount[year * MONTHS + month]), at(history[month][to]), sum);
    _mm256_store_pd(occupancy[year][to], sum);
    _mm256_store_pd(state[to], now[to]);
  }
}

__attribute__((noinline)) static void charge() {
  for (int year = 0; year < YEARS; year++)
    for (int payer = 0; payer < PAYERS; payer++) {
      __m256d sum = at(costs[year][payer]);
      for (int state = 0; state < STATES; state++)
        sum = _mm256_fmadd_pd(_mm256_set1_pd(prices[payer][state]), at(occupancy[year][state]), sum);
      _mm256_store_pd(costs[year][payer], sum);
    }
}

int main() {
  for (int month = 0; month < YEARS * MONTHS; month++) discount[month] = 1 - 0.002 * month;
  for (int from = 0; from < STATES; from++) {
    for (int matrix = 0; matrix < MATRICES; matrix++)
      for (int to = 0; to < STATES; to++) base[matrix][from][to] = 0.005 + 0.001 * matrix;
    for (int payer = 0; payer < PAYERS; payer++) prices[payer][from] = payer + from;
    for (int lane = 0; lane < LANES; lane++) multiplier[from][lane] = 1 + 0.01 * lane, inflow[from][lane] = 0.01;
  }
  const clock_t start = clock();
  for (int chain = 0; chain < CHAINS; chain += LANES) {
    alignas(64) Row state[STATES];
    for (auto &row : state)
      for (double &share : row) share = 1.0 / STATES;
    assemble();
    for (int year = 0; year < YEARS; year++) follow(year, state);
    charge();
  }
  const double each = 1e9 * double(clock() - start) / CLOCKS_PER_SEC / (double(CHAINS) * YEARS * MONTHS);
  // The costs are printed too, so that nothing is left out as useless.
  printf("%.3f %g\n", each, costs[YEARS - 1][PAYERS - 1][0]);
}
