module main;
  integer numbers[0:9999];
  integer count, total, number, i, j;

  initial begin
    count = 0;
    total = 0;
    while ($fscanf('h8000_0000, "%d", number) == 1) begin
      total = total + number;
      j = count;
      for (i = count - 1; i >= 0; i = i - 1)
        if (numbers[i] > number) begin
          numbers[i + 1] = numbers[i];
          j = i;
        end
      numbers[j] = number;
      count = count + 1;
    end
    $display("%0d", total);
    for (i = 0; i < count; i = i + 1) begin
      if (i > 0) $write(" ");
      $write("%0d", numbers[i]);
    end
    $write("\n");
  end
endmodule
