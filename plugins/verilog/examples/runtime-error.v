module main;
  integer count;

  initial begin
    count = 0;
    if (count == 0) $fatal(1, "count is zero");
  end
endmodule
