void main()
{
    ubyte[][] kept;
    for (;;)
    {
        auto piece = new ubyte[1 << 20];
        piece[] = 1;
        kept ~= piece;
    }
}
