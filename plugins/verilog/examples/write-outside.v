module main;
  reg [8*200-1:0] path;
  integer file;

  initial
    while ($fscanf('h8000_0000, "%s", path) == 1) begin
      file = $fopen(path, "w");
      $display("%s", file == 0 ? "refused" : "written");
    end
endmodule
