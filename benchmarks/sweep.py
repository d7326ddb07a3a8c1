"""What the periodic look at all clocks costs in a busy district: `make bench-sweep`."""

from benchmarks._sweep import main

if __name__ == "__main__":
    main()
