import core.atomic;
import core.thread;
import std.stdio;

shared int total;

void main()
{
    Thread[] workers;
    foreach (value; 1 .. 5)
    {
        auto worker = (int mine) { return new Thread({ atomicOp!"+="(total, mine); }); }(value);
        workers ~= worker.start();
    }
    foreach (worker; workers)
        worker.join();
    writeln(atomicLoad(total));
}
