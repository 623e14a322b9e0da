import core.stdc.stdlib;
import core.sys.posix.unistd;

void main()
{
    foreach (i; 0 .. 100)
    {
        auto child = fork();
        if (child < 0)
            exit(1);
        if (child == 0)
        {
            sleep(60);
            exit(0);
        }
    }
}
