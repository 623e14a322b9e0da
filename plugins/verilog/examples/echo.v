module main;
  integer char;

  initial begin
    char = $fgetc('h8000_0000);
    while (char != -1) begin
      $write("%c", char[7:0]);
      char = $fgetc('h8000_0000);
    end
  end
endmodule
